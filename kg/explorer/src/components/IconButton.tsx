// A button with an icon: its label is read out, and told beside it where it is hovered or focused.
import { Icon, type IconName } from "./icons";

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  /** What else is told, such as keys or what exactly it does now. */
  readonly hint?: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** Of what it opens: whether that is open. */
  readonly expanded?: boolean;
  /** Whether the label stands in the button too, where there is room. */
  readonly isNamed?: boolean;
  readonly keys?: string;
}

export function IconButton({ icon, label, hint, onClick, disabled = false, pressed, expanded, isNamed = false, keys }: IconButtonProps) {
  return (
    <button
      type="button"
      class={isNamed ? "icon-button named" : "icon-button"}
      aria-label={label}
      aria-description={hint ?? undefined}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      aria-expanded={expanded}
      data-tip={hint === undefined ? label : `${label} ${hint}`}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {isNamed && <span class="label-text">{label}</span>}
    </button>
  );
}
