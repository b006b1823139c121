/** Which language an editor shows code in, by the word after its fence. */

/** Words that models write, and the editor's id where it is another. */
const ids: Readonly<Record<string, string>> = {
  bash: "shellscript",
  sh: "shellscript",
  shell: "shellscript",
  zsh: "shellscript",
  console: "shellscript",
  bat: "bat",
  batch: "bat",
  cmd: "bat",
  ps1: "powershell",
  pwsh: "powershell",
  py: "python",
  python3: "python",
  ipython: "python",
  js: "javascript",
  node: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascriptreact",
  ts: "typescript",
  mts: "typescript",
  tsx: "typescriptreact",
  rb: "ruby",
  rs: "rust",
  golang: "go",
  kt: "kotlin",
  cs: "csharp",
  "c#": "csharp",
  "c++": "cpp",
  cc: "cpp",
  cxx: "cpp",
  hpp: "cpp",
  h: "c",
  "f#": "fsharp",
  fs: "fsharp",
  objc: "objective-c",
  objectivec: "objective-c",
  pl: "perl",
  md: "markdown",
  yml: "yaml",
  docker: "dockerfile",
  make: "makefile",
  htm: "html",
  svg: "xml",
  tex: "latex",
  vb: "vb",
  text: "plaintext",
  txt: "plaintext",
  plain: "plaintext",
};

/** The id among those that the editor knows; `plaintext` where it knows none of that name. */
export function languageIdOf(fenceLanguage: string, known: readonly string[]): string {
  const word = fenceLanguage.trim().toLowerCase();
  const id = Object.hasOwn(ids, word) ? (ids[word] ?? word) : word;
  return known.find((each) => each.toLowerCase() === id) ?? "plaintext";
}
