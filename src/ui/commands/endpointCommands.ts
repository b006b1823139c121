/** Commands that add, edit and remove endpoints, apply fixes, and run the demo. */

import * as vscode from "vscode";

import type { Fix } from "../../core/diagnosis/finding.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { DemoControl } from "../demoControl.ts";
import { notify } from "../notify.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import { type RawEntry, removeEntry } from "../settings/endpointSettings.ts";
import { addAsking, type AddDependencies, addGiven } from "./addEndpoint.ts";
import { askForChange, saveChange } from "./editEndpoint.ts";
import type { CommandHandlers } from "./registerCommands.ts";

type EndpointCommands = Pick<
  CommandHandlers,
  | "qwen.addEndpoint"
  | "qwen.editEndpoint"
  | "qwen.removeEndpoint"
  | "qwen.applyFix"
  | "qwen.startDemoEndpoint"
  | "qwen.stopDemoEndpoint"
>;

export interface EndpointDependencies
  extends Omit<RunDependencies, "panels" | "readWithSdk">, AddDependencies {
  readonly demo: DemoControl;
  readonly demoId: () => string | undefined;
}

export function endpointCommands(dependencies: EndpointDependencies): EndpointCommands {
  const { store, demo, refresh } = dependencies;
  return {
    "qwen.addEndpoint": (given) => add(given, dependencies),
    "qwen.editEndpoint": async (target, change) => {
      const endpoint = await pickEndpoint(store, target);
      if (endpoint === undefined) {
        return undefined;
      }
      const isGiven = typeof change === "object" && change !== null && !Array.isArray(change);
      const edit = isGiven ? (change as RawEntry) : await askForChange(endpoint, dependencies);
      return edit === undefined ? undefined : saveChange(endpoint, edit, store, refresh);
    },
    "qwen.removeEndpoint": async (target) => {
      const endpoint = await pickEndpoint(store, target, "ask");
      return endpoint === undefined ? undefined : remove(endpoint, target, dependencies);
    },
    "qwen.applyFix": async (row) => {
      const { endpointId, fix } = (row === Object(row) ? row : {}) as { endpointId?: string; fix?: Fix };
      if (endpointId !== undefined && fix !== undefined) {
        await dependencies.applyFix(endpointId, fix);
      }
      return undefined;
    },
    "qwen.startDemoEndpoint": async () => ({ baseUrl: (await demo.start()).baseUrl }),
    "qwen.stopDemoEndpoint": async () => ({ stopped: await demo.stop() }),
  };
}

async function add(given: unknown, dependencies: EndpointDependencies): Promise<Endpoint | undefined> {
  const isGiven = given === Object(given) && "baseUrl" in (given as object);
  const endpoint = isGiven
    ? await addGiven(given as Record<string, unknown>, dependencies)
    : await addAsking(dependencies);
  if (endpoint !== undefined && !isGiven) {
    // The last step of adding by hand: the person sees at once whether it works.
    void vscode.commands.executeCommand("qwen.testEndpoint", { endpointId: endpoint.id });
  }
  return endpoint;
}

/** A person confirms; a program that names an id has decided already. */
async function remove(
  endpoint: Endpoint,
  target: unknown,
  { demo, demoId, keys, refresh }: EndpointDependencies,
): Promise<{ readonly removed: string } | undefined> {
  if (endpoint.id === demoId()) {
    await demo.stop();
    return { removed: endpoint.id };
  }
  const yes = vscode.l10n.t("Remove");
  const text = vscode.l10n.t(
    "Remove {0} from the settings, and its key from the secret storage?",
    endpoint.name,
  );
  const isSure =
    typeof target === "string" || (await notify("warning", text, { modal: true, buttons: [yes] })) === yes;
  if (!isSure) {
    return undefined;
  }
  await removeEntry(endpoint.scope, endpoint.id);
  await keys.clear(endpoint);
  refresh(endpoint.id);
  return { removed: endpoint.id };
}
