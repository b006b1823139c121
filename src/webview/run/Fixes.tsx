import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { FindingView, FixView } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import { fixAsk } from "./actions.ts";
import type { AskState } from "../parts/askState.ts";
import type { RunView } from "./state.ts";
import { WireText } from "../parts/WireText.tsx";

interface FixesProps {
  readonly finding: FindingView;
  readonly asks: RunView["asks"];
  readonly onFix: (fixId: string) => void;
}

/** The buttons of a finding, those that change something each with what it will change. One is applied at a time. */
export function Fixes({ finding, asks, onFix }: FixesProps): JSX.Element {
  const isBusy = Object.entries(asks).some(
    ([name, ask]) => name.startsWith(fixAsk("")) && ask.kind === "waiting",
  );
  const id = useId();
  const button = (fix: FixView, describedBy?: string): JSX.Element => (
    <ActionButton
      key={fix.id}
      label={visibleText(fix.label)}
      look={fix === finding.fixes[0] && finding.severity === "blocker" ? "primary" : "secondary"}
      state={asks[fixAsk(fix.id)]}
      availability={isBusy ? "blocked" : "free"}
      {...(describedBy === undefined ? {} : { describedBy })}
      onPress={() => onFix(fix.id)}
    />
  );
  return (
    <>
      <div class="fixes">
        {finding.fixes.map((fix, index) =>
          fix.detail === undefined ? (
            button(fix)
          ) : (
            <div key={fix.id} class="fix-with-detail">
              {button(fix, `${id}-${index}`)}
              <p id={`${id}-${index}`} class="fix-detail">
                <WireText text={fix.detail} />
              </p>
            </div>
          ),
        )}
      </div>
      <Refusals finding={finding} asks={asks} />
    </>
  );
}

function Refusals({ finding, asks }: Omit<FixesProps, "onFix">): JSX.Element {
  const states = finding.fixes.map((fix): AskState | undefined => asks[fixAsk(fix.id)]);
  return (
    <>
      {states.map((state, index) =>
        state?.kind === "refused" ? (
          <p key={index} class="refusal" role="alert">
            {visibleText(state.reason)}
          </p>
        ) : null,
      )}
    </>
  );
}
