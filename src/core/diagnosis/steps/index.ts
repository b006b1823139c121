/** The rungs in the order they are climbed. A new rung is a file and a line here. */

import { type AnyStep, asStep } from "../step.ts";
import { address } from "./address.ts";
import { auth } from "./auth.ts";
import { connect } from "./connect.ts";
import { http } from "./http.ts";
import { model } from "./model.ts";
import { models } from "./models.ts";
import { name } from "./name.ts";
import { request } from "./request.ts";
import { tls } from "./tls.ts";

export const steps: readonly AnyStep[] = [
  asStep(address),
  asStep(name),
  asStep(connect),
  asStep(tls),
  asStep(http),
  asStep(auth),
  asStep(models),
  asStep(model),
  asStep(request),
];
