import type { RunHead } from "../../../shared/runPanel.ts";

/** A short name for each of those that are compared: the model, else the endpoint, else both, whichever tells all apart. */
export function columnNames(heads: readonly RunHead[]): readonly string[] {
  const models = heads.map(({ model }) => model);
  const endpoints = heads.map(({ endpointName }) => endpointName);
  const both = heads.map(({ endpointName, model }) =>
    [endpointName, model].filter((name) => name !== "").join(" · "),
  );
  return [models, endpoints, both].find(tellsApart) ?? both.map((name, index) => `${index + 1}. ${name}`);
}

function tellsApart(names: readonly string[]): boolean {
  return !names.includes("") && new Set(names).size === names.length;
}
