/** The embedding rung against a server made of one function. */

import { asStep, type Judgement, type Learned, type Subject } from "../../src/core/diagnosis/step.ts";
import { embedding } from "../../src/core/diagnosis/steps/embedding.ts";
import type { HttpReply } from "../../src/core/ports.ts";
import { anEndpoint, aReply, aSubject, fakeClock, fakeHttp, fakeSockets } from "./builders.ts";
import { type Answer, embeddingsReply, type Fields, vectorsFor } from "./vectorServer.ts";

export const right = (fields: Fields): Answer => embeddingsReply(vectorsFor(fields));

interface Climbed extends Judgement {
  readonly sent: readonly Fields[];
}

export async function climbEmbedding(
  answer: (fields: Fields, place: number) => Answer,
  learned: Learned = { chosen: { embedding: "e" } },
  depth: Subject["depth"] = "full",
): Promise<Climbed> {
  const sent: Fields[] = [];
  const http = fakeHttp({
    "POST http://localhost:8000/v1/embeddings": ({ body = "" }): HttpReply => {
      sent.push(JSON.parse(body) as Fields);
      const { status, body: replied } = answer(sent.at(-1)!, sent.length - 1);
      return aReply(replied, { status });
    },
  });
  const subject = aSubject({ endpoint: anEndpoint(), tasks: ["embedding"], depth });
  const ports = { http, sockets: fakeSockets(), clock: fakeClock() };
  const judged = await asStep(embedding).climb(subject, learned, ports, new AbortController().signal);
  return { ...judged, sent };
}

export const found = ({ findings }: Judgement): readonly string[] =>
  findings.map(({ code, severity }) => `${code} ${severity}`);

/** The embedding of one entry, changed. */
export const bent =
  (change: (vector: readonly number[], index: number) => readonly number[]) =>
  (fields: Fields): Answer =>
    embeddingsReply(
      vectorsFor({ ...fields, encoding_format: "float" }).map(({ index, embedding }) => ({
        index,
        embedding: change(embedding as readonly number[], index),
      })),
    );

/** The model to ask for, as the rungs below learned of it. */
export const named = (id: string, root?: string): Learned => ({
  chosen: { embedding: id },
  served: [{ id, ...(root === undefined ? {} : { root }) }],
});
