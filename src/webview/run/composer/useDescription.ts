import { useEffect, useState } from "preact/hooks";
import type { EndpointChoice, EndpointDescription } from "../../../shared/composerViews.ts";
import type { PageActions } from "../actions.ts";
import type { Form } from "./form.ts";
import { useFocusKept } from "./useFocusKept.ts";

interface Known {
  readonly endpoints: readonly EndpointChoice[];
  readonly description: EndpointDescription;
}

const nothing: EndpointDescription = { serverName: "", models: [], parameters: [], thinking: [] };

/** The endpoints, and what the chosen one can be asked for. Until that is known, what was known before stays. `onKnown`: fields are about to be drawn anew. */
export function useDescription(
  actions: PageActions,
  { endpointId, model }: Pick<Form, "endpointId" | "model">,
  onKnown: () => void,
): Known {
  const [endpoints, setEndpoints] = useState<readonly EndpointChoice[]>([]);
  const [description, setDescription] = useState(nothing);
  const keepFocus = useFocusKept(description);
  useEffect(() => {
    actions.ask("endpoints/list", null).then(setEndpoints, () => undefined);
  }, []);
  useEffect(() => {
    let state: "wanted" | "outdated" = "wanted";
    if (endpointId !== "") {
      actions.ask("endpoint/describe", { endpointId, model }).then(
        (known) => {
          if (state === "wanted") {
            onKnown();
            keepFocus();
            setDescription(known);
          }
        },
        () => undefined,
      );
    }
    return () => {
      state = "outdated";
    };
  }, [endpointId, model]);
  return { endpoints, description };
}
