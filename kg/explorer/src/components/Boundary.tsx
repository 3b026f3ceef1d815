// Where a part of the page makes a mistake, the page says so instead of vanishing.
import { Component, type ComponentChildren } from "preact";

export class Boundary extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: null as unknown };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ error });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main class="opening">
        <h1>{document.title}</h1>
        <p role="alert">The page made a mistake ({String(this.state.error)}). What was shown stands in the address; reload it.</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          Reload
        </button>
      </main>
    );
  }
}
