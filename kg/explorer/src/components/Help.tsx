// What can be done, and by which keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./IconButton";
import { KEYS, singleKeys } from "./keys";

export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(singleKeys.get);
  useEffect(() => dialog.current?.showModal(), []);
  const turn = (on: boolean) => {
    singleKeys.set(on);
    setOn(on);
  };
  return (
    <dialog
      class="help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="help-content">
        <header>
          <h2 id="help-title">Help</h2>
          <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
        </header>
        <p>
          Actors are circles, the larger the more relations they have. A line stands for all relations between two of them; open it to read the
          sentences, who published them and when. Dashed lines are planned, possible or requested, dotted ones are denied.
        </p>
        <div class="keys">
          {KEYS.map(([where, keys]) => (
            <section key={where}>
              <h3>{where}</h3>
              <dl>
                {keys.map(([key, what]) => (
                  <div key={key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <label class="single-keys">
          <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} /> Keys without Ctrl, such as / and ?
        </label>
      </div>
    </dialog>
  );
}
