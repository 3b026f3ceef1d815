// The view as a picture.
import { textFile } from "../../export/download";
import { png, svg } from "../../drawing/handle";

interface Props {
  readonly isEmpty: boolean;
  readonly save: (ending: string, content: Blob) => void;
  readonly say: (words: string) => void;
}

export function Picture({ isEmpty, save, say }: Props) {
  const picture = (made: Promise<void>) => void made.catch((error: unknown) => say(`The picture could not be made: ${error instanceof Error ? error.message : "try again"}.`));
  return (
    <section>
      <h3>Picture of the view</h3>
      <div class="row">
        <button type="button" disabled={isEmpty} onClick={() => picture(png().then((made) => save("png", made)))}>
          PNG
        </button>
        <button type="button" disabled={isEmpty} onClick={() => picture(svg().then((made) => save("svg", textFile(made, "image/svg+xml"))))}>
          SVG
        </button>
      </div>
    </section>
  );
}
