/** `qwen.prices`: what a million tokens cost, by model id or by `endpoint id/model id`. */

import * as l10n from "@vscode/l10n";

/** Per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Three capital letters, as in ISO 4217. */
  readonly currency: string;
}

export interface Prices {
  readonly prices: ReadonlyMap<string, Price>;
  /** A sentence for each entry that is left out, and why. */
  readonly problems: readonly string[];
}

/** Takes what is right and says what is not: a wrong price never hides the others. */
export function parsePrices(value: unknown): Prices {
  const prices = new Map<string, Price>();
  const problems: string[] = [];
  if (value === undefined || value === null) {
    return { prices, problems };
  }
  if (!isObject(value)) {
    return { prices, problems: [l10n.t("qwen.prices should be an object of prices by model id.")] };
  }
  for (const [name, entry] of Object.entries(value)) {
    const price = parsePrice(entry);
    if (typeof price === "string") {
      problems.push(l10n.t("qwen.prices, “{0}”: {1}", name, price));
    } else {
      prices.set(name, price);
    }
  }
  return { prices, problems };
}

/** The more particular price counts. */
export function priceOf(
  prices: ReadonlyMap<string, Price>,
  endpoint: string | undefined,
  model: string | undefined,
): Price | undefined {
  if (model === undefined) {
    return undefined;
  }
  return (endpoint === undefined ? undefined : prices.get(`${endpoint}/${model}`)) ?? prices.get(model);
}

/** The price, or what is wrong with it. */
function parsePrice(entry: unknown): Price | string {
  if (!isObject(entry)) {
    return l10n.t("an object with “input” and “output” is needed.");
  }
  const { input, output, currency = "USD" } = entry;
  if (!isAmount(input) || !isAmount(output)) {
    return l10n.t("“input” and “output” should be numbers from 0 on, per million tokens.");
  }
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) {
    return l10n.t("“currency” should be three capital letters, such as USD or CNY.");
  }
  return { input, output, currency };
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
