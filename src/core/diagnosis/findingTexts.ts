/** The one table of what a person reads about each finding; the proof and the fixes stand in the finding itself. */

import type { FindingCode } from "./finding.ts";
import { addressTexts } from "./texts/addressTexts.ts";
import { authTexts } from "./texts/authTexts.ts";
import { connectTexts } from "./texts/connectTexts.ts";
import { embeddingTexts } from "./texts/embeddingTexts.ts";
import type { FindingText } from "./texts/findingText.ts";
import { httpTexts } from "./texts/httpTexts.ts";
import { limitTexts } from "./texts/limitTexts.ts";
import { modelTexts } from "./texts/modelTexts.ts";
import { nameTexts } from "./texts/nameTexts.ts";
import { requestTexts } from "./texts/requestTexts.ts";
import { rerankTexts } from "./texts/rerankTexts.ts";
import { serverTexts } from "./texts/serverTexts.ts";
import { streamTexts } from "./texts/streamTexts.ts";
import { taskTexts } from "./texts/taskTexts.ts";
import { thinkingTexts } from "./texts/thinkingTexts.ts";
import { tlsTexts } from "./texts/tlsTexts.ts";

const texts: Readonly<Record<FindingCode, FindingText>> = {
  ...addressTexts,
  ...nameTexts,
  ...connectTexts,
  ...tlsTexts,
  ...httpTexts,
  ...serverTexts,
  ...authTexts,
  ...modelTexts,
  ...taskTexts,
  ...requestTexts,
  ...limitTexts,
  ...streamTexts,
  ...embeddingTexts,
  ...rerankTexts,
  ...thinkingTexts,
};

export interface FindingDescription {
  /** The name of the problem, at most 60 characters in English. */
  readonly title: string;
  /** Why it happens and what to do, on any server. */
  readonly explanation: string;
}

/** Plain text, in the language of the moment of the call. */
export function describeFinding(code: FindingCode): FindingDescription {
  const { title, explanation } = texts[code];
  return { title: title(), explanation: explanation() };
}
