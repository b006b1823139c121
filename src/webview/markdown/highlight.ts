import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import cpp from "highlight.js/lib/languages/cpp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const languages = {
  bash,
  cpp,
  css,
  diff,
  go,
  java,
  json,
  markdown,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
/** The grammar of TypeScript reads JavaScript as well, which spares the page a second one. */
const aliases = {
  typescript: ["javascript", "js", "jsx", "mjs", "cjs"],
  json: ["json5"],
  cpp: ["c++", "cuda"],
  bash: ["console"],
};

const highlighter = hljs.newInstance();
for (const [name, language] of Object.entries(languages)) {
  highlighter.registerLanguage(name, language);
}
for (const [languageName, names] of Object.entries(aliases)) {
  highlighter.registerAliases(names, { languageName });
}

/** Beyond these sizes a grammar's regular expressions would be felt. */
const longestCode = 65_536;
const longestLine = 2_000;

/** HTML with `hljs-…` classes, everything else escaped; undefined when the language is unknown or the code too long. */
export function highlight(code: string, language: string): string | undefined {
  if (code.length > longestCode || highlighter.getLanguage(language) === undefined) {
    return undefined;
  }
  if (code.split("\n").some((line) => line.length > longestLine)) {
    return undefined;
  }
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}
