/** Asks a handful of base URLs; on this machine, where none answers, other ports too. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import { hostOf } from "../steps/hostOf.ts";
import type { Learned, Subject } from "../step.ts";
import { askCandidate, type Candidate } from "./askCandidate.ts";
import { type LocalPorts, tryOtherPorts } from "./tryOtherPorts.ts";

/** With the route list that may have been asked for, a handful together. */
const mostPaths = 5;
const mostLocalPaths = 3;
const mostPorts = 2;

export async function askCandidates(
  baseUrls: readonly string[],
  subject: Subject,
  learned: Learned,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const isLocal = isLoopbackHost(hostOf(subject.endpoint.baseUrl));
  const paths = [...new Set(baseUrls)].slice(0, isLocal ? mostLocalPaths : mostPaths);
  const tried = await Promise.all(paths.map((each) => askCandidate(each, subject, ports.http, signal)));
  if (!isLocal || tried.some(({ variation }) => variation.worked === "yes")) {
    return tried;
  }
  // Another program may have the port: a user interface, or the server of something else.
  const { asked } = await tryOtherPorts(subject, learned, ports, mostPorts, signal);
  return [...tried, ...asked];
}
