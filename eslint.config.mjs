import tseslint from "typescript-eslint";

/** What core may not touch: every clock, timer, network and console arrives through a port, so that all of it can be tested without waiting. */
const worldGlobals = [
  "performance",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "fetch",
  "console",
  "process",
  "Buffer",
].map((name) => ({ name, message: "core asks a port for this" }));

export default tseslint.config(
  { ignores: ["dist", "out", "coverage", "node_modules", "**/*.d.ts", "dev/bootstrap.mjs", "dev/workbench"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./src/core/tsconfig.json", "./src/webview/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "max-lines": ["error", { max: 300 }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Name what you export." },
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "src/**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }] },
  },
  {
    files: ["src/ui/**/*.ts"],
    ignores: ["src/ui/notify.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["showInformationMessage", "showWarningMessage", "showErrorMessage"].map((property) => ({
          property,
          message: "notify() keeps links out of messages that quote a server",
        })),
      ],
    },
  },
  {
    // The composition root is one list of what is wired to what; cut into pieces it would be harder to read.
    files: ["src/extension.ts"],
    rules: { "max-lines": ["error", { max: 120 }], "max-lines-per-function": "off" },
  },
  {
    files: ["src/core/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...worldGlobals,
        { name: "Date", message: "core asks the Clock port" },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "core asks the Random port" },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ["eslint.config.mjs"],
    rules: { "no-restricted-syntax": "off" },
  },
);
