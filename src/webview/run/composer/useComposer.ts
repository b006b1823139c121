/** The state of a composer. Fields hold their own text; it is taken up when something else changes, and when it is sent. */

import * as l10n from "@vscode/l10n";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ChatDraft, DraftProblem } from "../../../core/chat/chatDraft.ts";
import type { ParameterSpec } from "../../../core/servers/chatParameters.ts";
import type { CompareTarget, EndpointChoice, EndpointDescription } from "../../../shared/composerViews.ts";
import type { AskState } from "../../parts/askState.ts";
import type { PageActions } from "../actions.ts";
import { draftOf, formOf, type Form, type SpecOf } from "./form.ts";
import { problemsOf } from "./problemsOf.ts";
import { readForm } from "./readForm.ts";
import { useArrivals, type Arrivals } from "./useArrivals.ts";
import { useDescription } from "./useDescription.ts";
import { useDraftSlot } from "./useDraftSlot.ts";

export interface ComposerProps {
  /** Where the draft is kept. */
  readonly slot: string;
  readonly draft: ChatDraft;
  readonly actions: PageActions;
  /** Shown from the start. */
  readonly problems?: readonly DraftProblem[];
  readonly onSent?: () => void;
}

export interface ComposerModel {
  readonly element: RefObject<HTMLFormElement | null>;
  readonly actions: PageActions;
  readonly form: Form;
  readonly endpoints: readonly EndpointChoice[];
  readonly description: EndpointDescription;
  /** Of this server, and of those that were chosen before. */
  readonly specOf: SpecOf;
  readonly problems: ReadonlyMap<string, string>;
  readonly sending: AskState | undefined;
  readonly keeping: "kept" | "too-long";
  /** Changes what was typed so far. */
  readonly change: (update: (form: Form) => Form) => void;
  readonly tell: (where: string, problem: string | undefined) => void;
  readonly noteInput: () => void;
  /** Sending waits for it. */
  readonly noteArrival: Arrivals["note"];
  readonly send: () => void;
  readonly compare: () => void;
}

export function useComposer({ slot, draft, actions, problems: given, onSent }: ComposerProps): ComposerModel {
  const element = useRef<HTMLFormElement>(null);
  const { form, current, take } = useForm(element, () => actions.drafts.get(slot) ?? formOf(draft));
  // What is typed before the server is known stands in a field that goes then.
  const { endpoints, description } = useDescription(actions, form, () => take(current()));
  const specOf = useSpecs(description);
  const problems = useProblems(element, given ?? []);
  const kept = useDraftSlot(actions.drafts, slot, current);
  const change = (update: (form: Form) => Form): void => {
    const next = update(current());
    take(next);
    kept.note(next);
  };
  const submit = useSubmit(problems.show, () => {
    kept.forget();
    onSent?.();
  });
  const arrivals = useArrivals();
  const begin = (request: (draft: ChatDraft) => Promise<readonly DraftProblem[]>): void =>
    submit.run(async () => {
      if ((await arrivals.settled()) === "not-all") {
        throw new Error(l10n.t("An image could not be added, so nothing was sent."));
      }
      const now = current();
      take(now);
      const problems = problemsOf(now, specOf);
      return problems.length > 0 ? problems : request(draftOf(now, specOf));
    });
  return {
    ...{ element, actions, form, endpoints, description, specOf, change },
    ...{ problems: problems.known, tell: problems.tell, sending: submit.state },
    keeping: kept.state,
    noteInput: kept.noteInput,
    noteArrival: arrivals.note,
    send: () => begin((sent) => actions.ask("chat/send", { draft: sent })),
    compare: () =>
      begin((sent) => actions.ask("chat/compare", { draft: sent, targets: targetsOf(sent, current()) })),
  };
}

interface FormState {
  readonly form: Form;
  /** With what stands in the fields; the same for whoever asks late, such as an image that was long on its way. */
  readonly current: () => Form;
  readonly take: (form: Form) => void;
}

function useForm(element: RefObject<HTMLFormElement | null>, initial: () => Form): FormState {
  const [form, setForm] = useState(initial);
  const latest = useRef(form);
  return {
    form,
    current: () => (element.current === null ? latest.current : readForm(element.current, latest.current)),
    take: (next) => {
      latest.current = next;
      setForm(next);
    },
  };
}

function targetsOf({ endpointId, model }: ChatDraft, { targets }: Form): readonly CompareTarget[] {
  const others = targets.map((target) => ({ endpointId: target.endpointId, model: target.model.trim() }));
  return [{ endpointId, model }, ...others];
}

function useSpecs({ parameters }: EndpointDescription): SpecOf {
  const seen = useRef(new Map<string, ParameterSpec>());
  for (const spec of parameters) {
    seen.current.set(spec.name, spec);
  }
  return (name) => seen.current.get(name);
}

interface Problems {
  readonly known: ReadonlyMap<string, string>;
  readonly tell: (where: string, problem: string | undefined) => void;
  /** Replaces all, and puts the focus on the first. */
  readonly show: (problems: readonly DraftProblem[]) => void;
}

function useProblems(element: RefObject<HTMLFormElement | null>, given: readonly DraftProblem[]): Problems {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(() => byPlace(given));
  const [shown, setShown] = useState(given.length > 0 ? 1 : 0);
  useEffect(() => {
    if (shown > 0) {
      focusFirst(element.current);
    }
  }, [shown]);
  const tell = (where: string, problem: string | undefined): void => {
    if (known.get(where) !== problem) {
      const others = [...known].filter(([each]) => each !== where);
      setKnown(new Map(problem === undefined ? others : [...others, [where, problem]]));
    }
  };
  const show = (problems: readonly DraftProblem[]): void => {
    setKnown(byPlace(problems));
    setShown((count) => (problems.length === 0 ? count : count + 1));
  };
  return { known, tell, show };
}

function byPlace(problems: readonly DraftProblem[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { where, text } of problems) {
    const before = places.get(where);
    places.set(where, before === undefined ? text : `${before} ${text}`);
  }
  return places;
}

/** What is folded around it is unfolded. */
function focusFirst(element: HTMLFormElement | null): void {
  const first = element?.querySelector<HTMLElement>('[aria-invalid="true"]');
  for (let around = first?.parentElement; around != null; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) {
      around.open = true;
    }
  }
  first?.focus();
}

interface Submit {
  readonly state: AskState | undefined;
  /** One at a time. It was sent if there are no problems. */
  readonly run: (request: () => Promise<readonly DraftProblem[]>) => void;
}

function useSubmit(show: (problems: readonly DraftProblem[]) => void, onSent: () => void): Submit {
  const [state, setState] = useState<AskState>();
  const run: Submit["run"] = (request) => {
    if (state?.kind === "waiting") {
      return;
    }
    show([]);
    setState({ kind: "waiting" });
    request().then(
      (problems) => {
        setState(undefined);
        show(problems);
        if (problems.length === 0) {
          onSent();
        }
      },
      (error: unknown) => setState({ kind: "refused", reason: reasonOf(error) }),
    );
  };
  return { state, run };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : l10n.t("The extension did not answer");
}
