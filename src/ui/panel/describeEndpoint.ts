/** What the composer offers for an endpoint. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { ModelInfo } from "../../core/endpoint/modelList.ts";
import { parametersOf, thinkingOf } from "../../core/servers/parametersOf.ts";
import { profileOf } from "../../core/servers/profileOf.ts";
import type { EndpointDescription } from "../../shared/composerViews.ts";
import { liveModels } from "../liveModels.ts";
import { knownServer } from "../runs/knownServer.ts";
import { openWay, type RunDependencies } from "../runs/runDependencies.ts";

type Dependencies = Pick<RunDependencies, "store" | "vault" | "httpFor">;

/** Asks a server for its models once, where no check has. */
export class EndpointDescriptions {
  readonly #dependencies: Dependencies;
  readonly #asked = new Map<string, Promise<readonly ModelInfo[]>>();

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async of(endpoint: Endpoint): Promise<EndpointDescription> {
    const server = knownServer(this.#dependencies, endpoint);
    return {
      serverName: server === undefined || server === "unknown" ? "" : profileOf(server).name,
      models: chatModels(await this.#models(endpoint)),
      parameters: parametersOf(server, endpoint.protocol),
      thinking: thinkingOf(server, endpoint.protocol)?.kinds ?? [],
    };
  }

  #models(endpoint: Endpoint): Promise<readonly ModelInfo[]> {
    const known = this.#dependencies.store.health(endpoint.id).models;
    if (known !== undefined) {
      return Promise.resolve(known);
    }
    const place = `${endpoint.id} ${endpoint.baseUrl}`;
    const asked = this.#asked.get(place) ?? askModels(endpoint, this.#dependencies);
    this.#asked.set(place, asked);
    return asked;
  }
}

/** Whatever keeps a server from saying, the field for the model can be typed into. */
async function askModels(endpoint: Endpoint, dependencies: Dependencies): Promise<readonly ModelInfo[]> {
  try {
    const { credentials, http } = await openWay(endpoint, "command", dependencies);
    const live = await liveModels(endpoint, credentials, http, new AbortController().signal);
    return live.kind === "listed" ? live.models : [];
  } catch {
    return [];
  }
}

function chatModels(models: readonly ModelInfo[]): readonly string[] {
  const fitting = models.filter(({ task }) => task === undefined || task === "chat");
  return (fitting.length > 0 ? fitting : models).map(({ id }) => id);
}
