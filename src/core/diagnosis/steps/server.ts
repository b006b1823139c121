/** Which software answers, and in which version? Not knowing is no fault. */

import type { Http, HttpOutcome, HttpReply } from "../../ports.ts";
import { type ErrorEnvelope, errorEnvelopeOf } from "../../servers/errorEnvelopeOf.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { profiles } from "../../servers/profiles/index.ts";
import type { Probe, ServerProfile } from "../../servers/serverProfile.ts";
import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import { parseModelList } from "../../endpoint/modelList.ts";
import type { Learned, Step, Subject } from "../step.ts";
import { freeGet } from "./freeGet.ts";

/** More than these tell no more apart. */
const mostProbes = 4;

interface Probed {
  readonly path: string;
  readonly outcome: HttpOutcome;
}

export const server: Step<readonly Probed[]> = {
  id: "server",

  gather(subject, learned, { http }, signal) {
    const paths = new Set(candidates(subject, learned).map(({ probe }) => probe.path));
    return Promise.all([...paths].slice(0, mostProbes).map((path) => ask(path, subject, http, signal)));
  },

  judge(probed, subject, learned) {
    const evidence = [...probed.map(line), ...frontEvidence(learned)];
    for (const { profile, probe } of candidates(subject, learned)) {
      const read = readFrom(probe, probed);
      if (read !== undefined) {
        const { id, name } = profile;
        const version = read.version === undefined ? {} : { version: read.version };
        return {
          evidence: [`${name} ${read.version ?? ""}`.trim(), ...evidence],
          findings: [],
          learned: { server: { id, name, ...version } },
        };
      }
    }
    const known = learned.server?.name ?? "unknown";
    return { evidence: [known, ...evidence], findings: [] };
  },
};

interface Candidate {
  readonly profile: ServerProfile;
  readonly probe: Probe;
}

/** Of a known server the one that tells its version, else those that fit how the models request was answered. */
function candidates(subject: Subject, learned: Learned): readonly Candidate[] {
  const { server: known, models } = learned;
  if (known !== undefined) {
    return withProbe([profileOf(known.id)]).filter(
      ({ probe, profile }) => probe.tells === "version" && isOpen(profile, probe, subject),
    );
  }
  const reply = models?.kind === "fault" ? undefined : models?.reply;
  const envelope = envelopeOf(reply);
  const isRefused = reply?.status === 401 || reply?.status === 403;
  return withProbe(profiles).filter(
    ({ profile, probe }) =>
      (envelope === undefined || profile.envelopes.includes(envelope)) &&
      (probe.when === undefined || (probe.when === "refused" && isRefused)),
  );
}

function withProbe(among: readonly ServerProfile[]): readonly Candidate[] {
  return among.flatMap((profile) => (profile.probe === undefined ? [] : [{ profile, probe: profile.probe }]));
}

/** Probes go without the key, so that a route that wants it has nothing to tell. */
function isOpen({ openPaths }: ServerProfile, { path }: Probe, { credentials }: Subject): boolean {
  return credentials.key.kind !== "key" || (openPaths?.test(path) ?? false);
}

/** Undefined for a list of models: a server that lists them says nothing by its errors. */
function envelopeOf(reply: HttpReply | undefined): ErrorEnvelope | undefined {
  return reply === undefined || parseModelList(parseJson(reply.body)) !== undefined
    ? undefined
    : errorEnvelopeOf(reply.body);
}

async function ask(path: string, subject: Subject, http: Http, signal: AbortSignal): Promise<Probed> {
  return { path, outcome: await http.send(freeGet(subject, path), signal) };
}

function readFrom(probe: Probe, probed: readonly Probed[]): ReturnType<Probe["read"]> {
  const outcome = probed.find(({ path }) => path === probe.path)?.outcome;
  if (outcome?.kind !== "reply") {
    return undefined;
  }
  const { status, headers, body } = outcome.reply;
  return probe.read({ status, headers, body: parseJson(body) ?? body });
}

function line({ path, outcome }: Probed): string {
  return outcome.kind === "fault"
    ? `GET ${path} → ${outcome.fault.code}`
    : `GET ${path} → ${outcome.reply.status} ${excerpt(outcome.reply.body, 80)}`.trim();
}

/** A proxy that names itself, while what is behind it does not. */
function frontEvidence({ server: known, models }: Learned): readonly string[] {
  const header = models?.kind === "reply" ? (models.reply.headers["server"] ?? "") : "";
  const front = /nginx|openresty|envoy|caddy|traefik|cloudflare|apache/i.exec(header)?.[0].toLowerCase();
  return known === undefined && front !== undefined ? [`${front} in front`] : [];
}
