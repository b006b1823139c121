import { useEffect, useState } from "preact/hooks";
import type { EndpointChoice, EndpointDescription } from "../../../shared/composerViews.ts";
import type { PageActions } from "../actions.ts";

interface Known {
  readonly endpoints: readonly EndpointChoice[];
  readonly description: EndpointDescription;
}

const nothing: EndpointDescription = { serverName: "", models: [], parameters: [], thinking: [] };

/** The endpoints, and what the chosen one can be asked for. Until that is known, what was known before stays. */
export function useDescription(actions: PageActions, endpointId: string, model: string): Known {
  const [endpoints, setEndpoints] = useState<readonly EndpointChoice[]>([]);
  const [description, setDescription] = useState(nothing);
  useEffect(() => {
    actions.ask("endpoints/list", null).then(setEndpoints, () => undefined);
  }, []);
  useEffect(() => {
    let state: "wanted" | "outdated" = "wanted";
    if (endpointId !== "") {
      actions.ask("endpoint/describe", { endpointId, model }).then(
        (known) => state === "wanted" && setDescription(known),
        () => undefined,
      );
    }
    return () => {
      state = "outdated";
    };
  }, [endpointId, model]);
  return { endpoints, description };
}
