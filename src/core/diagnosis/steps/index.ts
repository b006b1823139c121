/** The rungs in the order they are climbed. A new rung is a file and a line here. */

import { type AnyStep, asStep } from "../step.ts";
import { address } from "./address.ts";
import { auth } from "./auth.ts";
import { chat } from "./chat.ts";
import { connect } from "./connect.ts";
import { embedding } from "./embedding.ts";
import { health } from "./health.ts";
import { http } from "./http.ts";
import { model } from "./model.ts";
import { models } from "./models.ts";
import { name } from "./name.ts";
import { rerank } from "./rerank.ts";
import { server } from "./server.ts";
import { stream } from "./stream.ts";
import { structured } from "./structured.ts";
import { thinking } from "./thinking.ts";
import { tls } from "./tls.ts";
import { tools } from "./tools.ts";

export const steps: readonly AnyStep[] = [
  asStep(address),
  asStep(name),
  asStep(connect),
  asStep(tls),
  asStep(http),
  asStep(server),
  asStep(health),
  asStep(auth),
  asStep(models),
  asStep(model),
  asStep(chat),
  asStep(stream),
  asStep(thinking),
  asStep(tools),
  asStep(structured),
  asStep(embedding),
  asStep(rerank),
];
