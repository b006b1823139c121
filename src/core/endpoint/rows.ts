/** The rows of the Endpoints view, as data: what the tree draws, tested without an editor. */

import * as l10n from "@vscode/l10n";

import { describeChange } from "../diagnosis/describeChange.ts";
import { describeFinding } from "../diagnosis/findingTexts.ts";
import { findingWords } from "../diagnosis/findingWords.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { describeFix } from "../diagnosis/fixTexts.ts";
import type { Report } from "../diagnosis/report.ts";
import { visibleId } from "../visible.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointStore } from "./endpointStore.ts";
import type { Health } from "./health.ts";
import { keyRow } from "./keyRow.ts";
import type { ModelInfo } from "./modelList.ts";
import type { EndpointEntry } from "./parseSettings.ts";
import type { Row, RowContext } from "./row.ts";
import { taskLabel } from "./taskLabel.ts";

/** Rows below an endpoint that stand for models. */
const modelsShown = 200;

/** Characters of an id; a server may send any number. */
const idShown = 200;

/** The top rows: one for every entry of the settings, bad ones included. */
export function topRows(store: EndpointStore, context: RowContext): readonly Row[] {
  return store.entries().map((entry) => entryRow(entry, store, context));
}

export function entryRow(entry: EndpointEntry, store: EndpointStore, context: RowContext): Row {
  if (entry.kind === "valid") {
    return endpointRow(entry.endpoint, store, context);
  }
  const [first = ""] = entry.problems;
  return {
    key: `invalid:${entry.rowId}`,
    label: visibleId(entry.name),
    description: first,
    tooltip: [l10n.t("This entry of qwen.endpoints can not be used:"), ...entry.problems].join("\n"),
    icon: "error",
    color: "problemsErrorIcon.foreground",
    contextValue: "invalid",
    children: "collapsed",
  };
}

function endpointRow(endpoint: Endpoint, store: EndpointStore, context: RowContext): Row {
  const health = store.health(endpoint.id);
  const kind = endpoint.id === context.demoId ? "demo" : "configured";
  const reported = store.report(endpoint.id) === undefined ? "" : "-reported";
  const unchecked = isUnchecked(endpoint);
  const state = describeHealth(health, context);
  const description = unchecked ? l10n.t("{0} · certificate not checked", state) : state;
  return {
    key: `endpoint:${endpoint.id}`,
    label: visibleId(endpoint.name),
    description,
    tooltip: [
      ...[visibleId(endpoint.name), endpoint.baseUrl, state, ...problemLines(health)],
      ...(unchecked ? [uncheckedLine()] : []),
    ].join("\n"),
    ...endpointIcon(endpoint, health),
    contextValue: `endpoint-${kind}${reported}`,
    endpointId: endpoint.id,
    children: "collapsed",
  };
}

/** The rows below an endpoint or a bad entry. */
export function childRows(parent: Row, store: EndpointStore, context: RowContext): readonly Row[] {
  if (parent.contextValue === "invalid") {
    const entry = store
      .entries()
      .find((each) => each.kind === "invalid" && `invalid:${each.rowId}` === parent.key);
    return entry?.kind === "invalid"
      ? entry.problems.map((problem, index) => plainRow(`${parent.key}:${index}`, problem, "circle-small"))
      : [];
  }
  const endpoint = store.endpoint(parent.endpointId ?? "");
  if (endpoint === undefined) {
    return [];
  }
  const findings = findingsOf(endpoint.id, store);
  if (parent.contextValue === "finding") {
    const index = Number(parent.key.slice(parent.key.lastIndexOf(":") + 1));
    const finding = findings[index];
    return finding === undefined ? [] : fixRows(parent, finding, endpoint);
  }
  if (!parent.contextValue.startsWith("endpoint")) {
    return [];
  }
  const manages = endpoint.id === context.demoId ? "text" : "key";
  const key = keyRow(endpoint, store.health(endpoint.id), manages, context);
  return endpointChildren(endpoint, store, findings, key);
}

/** What the last check and the last test found; one code once, the test's wording first. */
function findingsOf(id: string, store: EndpointStore): readonly Finding[] {
  const health = store.health(id);
  const report = store.report(id);
  const all = [...(report === undefined ? [] : lastingFindings(report, health)), ...health.findings];
  return all.filter((finding, index) => all.findIndex(({ code }) => code === finding.code) === index);
}

/** A check repeats the rungs up to the list of models, so a newer one replaces what a test found there. */
function lastingFindings(report: Report, { checkedAtMs = 0 }: Health): readonly Finding[] {
  const isNewer = checkedAtMs > report.startedAtMs + report.durationMs;
  const above = report.rungs.slice(report.rungs.findIndex(({ id }) => id === "model"));
  const lasting = new Set(above.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return report.findings.filter(({ code }) => !isNewer || lasting.has(code));
}

function endpointChildren(
  endpoint: Endpoint,
  store: EndpointStore,
  findings: readonly Finding[],
  key: Row,
): readonly Row[] {
  const health = store.health(endpoint.id);
  const base = `endpoint:${endpoint.id}`;
  const server = store.report(endpoint.id)?.server ?? health.server;
  return [
    ...findings.map((finding, index) => findingRow(endpoint, finding, index)),
    ...(server === undefined
      ? []
      : [{ ...plainRow(`${base}:server`, server, "server-environment"), description: l10n.t("server") }]),
    key,
    ...modelRows(base, health),
  ];
}

function modelRows(base: string, health: Health): readonly Row[] {
  const { models, checkedAtMs } = health;
  if (models === undefined) {
    const text = checkedAtMs === undefined ? l10n.t("Not checked yet") : l10n.t("No list of models");
    return health.state === "down" ? [] : [plainRow(`${base}:nomodels`, text, "info")];
  }
  if (models.length === 0) {
    return [plainRow(`${base}:nomodels`, l10n.t("The server lists no models"), "info")];
  }
  const rest = models.length - modelsShown;
  return [
    ...models.slice(0, modelsShown).map((model, index) => modelRow(base, model, index)),
    ...(rest > 0
      ? [plainRow(`${base}:more`, l10n.t("… and {0} more; List Models shows all", rest), "ellipsis")]
      : []),
  ];
}

function modelRow(base: string, model: ModelInfo, index: number): Row {
  const id = model.id.slice(0, idShown);
  const label = `${visibleId(id)}${id === model.id ? "" : "…"}`;
  const context = model.contextLength === undefined ? [] : [l10n.t("context {0}", model.contextLength)];
  return {
    ...plainRow(`${base}:model:${index}`, label, "symbol-misc"),
    description: [...(model.task === undefined ? [] : [taskLabel(model.task)]), ...context].join(" · "),
    contextValue: "model",
  };
}

const severityIcons = {
  blocker: { icon: "error", color: "problemsErrorIcon.foreground" },
  warning: { icon: "warning", color: "problemsWarningIcon.foreground" },
  note: { icon: "info", color: "problemsInfoIcon.foreground" },
} as const;

/** What a test found says in the tooltip what to do on that very server. */
function findingRow(endpoint: Endpoint, finding: Finding, index: number): Row {
  const { title, explanation, remedy } = findingWords(finding);
  return {
    key: `endpoint:${endpoint.id}:finding:${index}`,
    label: title,
    description: finding.code,
    tooltip: [
      title,
      explanation,
      ...(remedy === undefined ? [] : [remedy]),
      ...finding.evidence.map(visibleId),
    ].join("\n"),
    ...severityIcons[finding.severity],
    contextValue: "finding",
    endpointId: endpoint.id,
    children: finding.fixes.length > 0 ? "collapsed" : "none",
  };
}

function fixRows(parent: Row, finding: Finding, endpoint: Endpoint): readonly Row[] {
  return finding.fixes.map((fix, index) => ({
    ...plainRow(`${parent.key}:fix:${index}`, describeFix(fix), "lightbulb"),
    tooltip: [describeFix(fix), describeChange(fix, endpoint)]
      .filter((line) => line !== undefined)
      .join("\n"),
    contextValue: "fix",
    fix,
    ...(parent.endpointId === undefined ? {} : { endpointId: parent.endpointId }),
  }));
}

function plainRow(key: string, label: string, icon: string): Row {
  return { key, label, description: "", tooltip: label, icon, contextValue: "text", children: "none" };
}

function problemLines(health: Health): readonly string[] {
  return health.findings.map(({ code }) => describeFinding(code).title);
}

function endpointIcon(
  endpoint: Endpoint,
  health: Health,
): { readonly icon: string; readonly color?: string } {
  if (health.activity === "checking" && health.state === "unknown") {
    return { icon: "loading~spin" };
  }
  const icons = {
    unknown: { icon: "circle-outline" },
    up: { icon: isUnchecked(endpoint) ? "unlock" : "pass-filled", color: "testing.iconPassed" },
    attention: { icon: "warning", color: "problemsWarningIcon.foreground" },
    down: { icon: "error", color: "problemsErrorIcon.foreground" },
  } as const;
  // Known without a check.
  const isExposed = health.state === "unknown" && endpoint.exposed.length > 0;
  return icons[isExposed ? "attention" : health.state];
}

/** Without TLS there is no certificate to check. */
function isUnchecked({ tls, baseUrl }: Endpoint): boolean {
  return !tls.verify && baseUrl.startsWith("https:");
}

function uncheckedLine(): string {
  return l10n.t(
    'The server\'s certificate is not checked ("tls": { "verify": false }): whoever is on the way can read and change everything, the key included.',
  );
}

/** `23 ms · 14:03:11`, or the name of what is wrong. */
function describeHealth(health: Health, { formatTime }: RowContext): string {
  if (health.checkedAtMs === undefined) {
    return health.activity === "checking" ? l10n.t("checking…") : l10n.t("not checked");
  }
  const worst = health.findings.find(({ severity }) => severity !== "note");
  const what = worst === undefined ? latency(health.latencyMs) : describeFinding(worst.code).title;
  return `${what} · ${formatTime(health.checkedAtMs)}`;
}

function latency(latencyMs: number | undefined): string {
  return latencyMs === undefined ? "" : `${latencyMs < 10 ? latencyMs.toFixed(1) : Math.round(latencyMs)} ms`;
}
