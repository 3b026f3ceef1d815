// The view as a picture.
import { currentDrawing } from "../../drawing/handle";
import { textFile } from "../../export/download";

interface Props {
  readonly isEmpty: boolean;
  readonly save: (ending: string, content: Blob) => void;
  readonly say: (words: string) => void;
}

export function Picture({ isEmpty, save, say }: Props) {
  const take = async (ending: "png" | "svg") => {
    const drawing = currentDrawing();
    if (drawing === null) {
      say("There is no drawing; show it instead of the table, then try again.");
      return;
    }
    try {
      save(ending, ending === "png" ? await drawing.png() : textFile(drawing.svg(), "image/svg+xml"));
    } catch (error) {
      say(`The picture cannot be made (${String(error)}); make the window smaller, or save the other kind.`);
    }
  };
  return (
    <section>
      <h3>Picture of the view</h3>
      <div class="row">
        {(["png", "svg"] as const).map((ending) => (
          <button key={ending} type="button" disabled={isEmpty} onClick={() => void take(ending)}>
            {ending.toUpperCase()}
          </button>
        ))}
      </div>
    </section>
  );
}
