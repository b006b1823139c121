import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { inProject } from "../../dev/paths.ts";
import { type RungId, rungIds } from "../../src/core/diagnosis/report.ts";
import { rungLabel } from "../../src/core/diagnosis/rungTexts.ts";
import { parseEndpoints } from "../../src/core/endpoint/parseSettings.ts";

interface Schema {
  readonly default?: unknown;
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

interface Manifest {
  readonly version: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Schema>> };
  };
}

type Texts = Readonly<Record<string, string>>;

const manifest = readJson("package.json") as Manifest;
const { commands, configuration } = manifest.contributes;
const settings = configuration.properties;
const entry = settings["qwen.endpoints"]?.items ?? {};

const chinese = readJson("l10n/bundle.l10n.zh-cn.json") as Texts;
const readmes = [
  {
    file: "README.md",
    titles: readJson("package.nls.json") as Texts,
    step: (id: RungId): string => rungLabel(id),
  },
  {
    file: "README.zh-CN.md",
    titles: readJson("package.nls.zh-cn.json") as Texts,
    step: (id: RungId): string => chinese[rungLabel(id)] ?? "",
  },
] as const;

for (const { file, titles, step } of readmes) {
  describe(file, () => {
    const text = read(file);

    for (const { command, title } of commands) {
      const shown = titles[title.replaceAll("%", "")] ?? title;
      it(`has a row for the command ${shown}`, () => {
        const ids = rows(text)
          .filter(([first]) => first === shown)
          .map(([, second]) => second);
        assert.equal(ids.length, 1);
        assert.ok(ids[0]?.startsWith(`\`${command}(`), `${ids[0] ?? ""} should begin with ${command}`);
      });
    }

    for (const { name, schema } of [...named(settings), ...fields(entry, "")]) {
      it(`has a row for ${name} with its default`, () => {
        const row = rows(text).find(([first]) => first === `\`${name}\``);
        assert.ok(row !== undefined);
        if (schema.default !== undefined) assert.equal(bare(row[1] ?? ""), bare(asText(schema.default)));
      });
    }

    for (const source of entry.properties?.["key"]?.oneOf ?? []) {
      const from = String(source.properties?.["from"]?.const);
      it(`has an example of a key from "${from}"`, () => {
        const example = rows(text)
          .map(([, second]) => second ?? "")
          .find((cell) => cell.includes(`"from": "${from}"`));
        const value = JSON.parse(bare(example ?? "")) as object;
        assert.deepEqual(Object.keys(value).sort(), [...(source.required ?? [])].sort());
      });
    }

    it("shows settings that are valid", () => {
      const [example = ""] = codeBlocks(text, "jsonc");
      const parsed = parseEndpoints(
        (parseJsonc(example) as Record<string, unknown>)["qwen.endpoints"],
        "user",
      );
      assert.ok(parsed.length > 1);
      assert.deepEqual(
        parsed.flatMap((each) => (each.kind === "invalid" ? each.problems : [])),
        [],
      );
    });

    it("names the steps of a test in their order", () => {
      const labels = rungIds.map(step);
      const found = rows(text).flatMap(([first = ""]) => (labels.includes(first) ? [first] : []));
      assert.deepEqual(found, labels);
    });

    it("installs the VSIX of this version", () => {
      assert.ok(text.includes(`code --install-extension qwen-endpoints-${manifest.version}.vsix`));
    });
  });
}

describe("the documents", () => {
  const files = [
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    ...globSync("docs/*.md", { cwd: inProject() }),
  ];

  it("are the same in both languages: sections, pictures, tables, lists and code", () => {
    assert.deepEqual(outline(read("README.zh-CN.md")), outline(read("README.md")));
  });

  it("name every command where programs look", () => {
    const text = read("docs/for-programs.md");
    const missing = commands.filter(({ command }) => !text.includes(`\`${command}(`));
    assert.deepEqual(missing, []);
  });

  it("name the version of the package in CHANGELOG.md", () => {
    assert.ok(read("CHANGELOG.md").includes(`\n## [${manifest.version}]`));
  });

  for (const file of files) {
    it(`${file} links to what exists, and shows what exists`, () => {
      const targets = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
      const missing = targets.filter((target) => !/^https?:/.test(target) && !leadsSomewhere(file, target));
      assert.deepEqual(missing, []);
    });

    it(`${file} names only files of the project that exist`, () => {
      const paths = [...read(file).matchAll(/`((?:src|test|dev|bench|docs|l10n|media)\/[\w./-]+)`/g)];
      const missing = paths.filter(([, path = ""]) => !existsSync(inProject(path))).map(([, path]) => path);
      assert.deepEqual(missing, []);
    });

    it(`${file} holds no path of somebody's machine`, () => {
      assert.doesNotMatch(read(file), /(^|[\s`"'(])\/(home|root|Users|work|tmp)\//m);
    });
  }
});

function read(file: string): string {
  return readFileSync(inProject(file), "utf8");
}

function readJson(file: string): unknown {
  return JSON.parse(read(file));
}

/** A setting or a field of an entry, by the name a person writes: `timeouts.connectMs`. */
interface Named {
  readonly name: string;
  readonly schema: Schema;
}

function named(properties: Readonly<Record<string, Schema>>): readonly Named[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, schema }));
}

function fields(schema: Schema, prefix: string): readonly Named[] {
  return named(schema.properties ?? {}).flatMap((field) =>
    field.schema.properties === undefined
      ? [{ ...field, name: `${prefix}${field.name}` }]
      : fields(field.schema, `${prefix}${field.name}.`),
  );
}

/** The rows of all tables, as cells. */
function rows(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function bare(cell: string): string {
  return cell.replace(/[`\s]/g, "");
}

function codeBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, code = ""]) => code,
  );
}

/** JSON with comments behind a space, and with commas at the end of lists. */
function parseJsonc(text: string): unknown {
  return JSON.parse(text.replace(/\s\/\/.*$/gm, "").replace(/,(\s*[\]}])/g, "$1"));
}

/** What stands under each heading, in numbers. */
function outline(text: string): readonly object[] {
  const prose = text.replace(/^```.*?^```/gms, "```");
  return prose.split(/^(?=#+ )/m).map((section) => ({
    level: /^#+/.exec(section)?.[0].length,
    pictures: count(section, /!\[/g),
    rows: count(section, /^\| /gm),
    points: count(section, /^(- |\d+\. )/gm),
    code: count(section, /^```/gm),
    paragraphs: count(section, /\n\n/g),
  }));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

/** `#keys` and `../README.md#keys` are looked up among the headings, as GitHub names them. */
function leadsSomewhere(file: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const there = path === "" ? file : join(dirname(file), path);
  if (!existsSync(inProject(there)) || anchor === undefined) {
    return existsSync(inProject(there));
  }
  const headings = [...read(there).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  return headings.some((heading) => slug(heading) === decodeURIComponent(anchor));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}
