// Names, roles, posts and merged entities of an entity.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { EntityBrief, Profile, Role } from "../../api/types";
import { labelOf } from "../../drawing/looks";
import { useShared } from "../context";
import { Told } from "./Copies";
import { Section } from "./Section";
import { EntityLink, SelectionLink, StatusMark, short } from "./Terms";
import { counted, day, days, number } from "./words";

/** Its names with how often the articles use each; the most used are enough at first. */
export function Names({ profile }: { profile: Profile }) {
  const { shown, more } = useFew(profile.names, 5, "names");
  if (profile.names.length === 0) return null;
  return (
    <Section title={counted(profile.names.length, "name")} isOpen>
      <ul class="names" aria-label="Names">
        {shown.map(({ name, mentions }) => (
          <li key={name}>
            <bdi title={name.slice(0, 300)}>{short(name)}</bdi> <span class="tally">{mentions === 0 ? "not used" : `used ${counted(mentions, "time")}`}</span>
          </li>
        ))}
      </ul>
      {more}
    </Section>
  );
}

/** The first of a list, and the button that shows all. */
function useFew<Item>(items: readonly Item[], few: number, many: string): { readonly shown: readonly Item[]; readonly more: ComponentChildren } {
  const [isAll, setAll] = useState(false);
  const isShort = items.length <= few + 1;
  const more = !isShort && (
    <button type="button" class="link" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
      {isAll ? "Fewer" : `All ${number(items.length)} ${many}`}
    </button>
  );
  return { shown: isAll || isShort ? items : items.slice(0, few), more };
}

export function Roles({ profile }: { profile: Profile }) {
  const { roles, roles_total: total, entity } = profile;
  const { shown, more } = useFew(roles, 4, "roles");
  if (roles.length === 0) return null;
  return (
    <Section title={counted(total, "role")} isOpen>
      <ul class="roles">
        {shown.map((role) => (
          <RoleLine key={`${role.is_subject} ${role.predicate} ${role.property} ${role.other.id}`} role={role} of={entity} />
        ))}
      </ul>
      {more}
      {roles.length < total && (
        <p class="panel-note">
          {number(roles.length)} of {number(total)} shown: those with most relations.
        </p>
      )}
    </Section>
  );
}

/** A role of the entity, or of another to it; what is only planned, possible or denied says so. */
function RoleLine({ role, of }: { role: Role; of: EntityBrief }) {
  const { overview } = useShared();
  const { bundle, other } = role;
  const status = bundle.statuses[0]?.value ?? "asserted";
  const hasAsserted = bundle.statuses.some((one) => one.value === "asserted");
  const time = days(bundle.first, bundle.last);
  // "Attends ceremony" says the other end twice; what words would add is in the evidence.
  const isTwice = role.property !== null && role.predicate.toLowerCase().includes(other.name.toLowerCase());
  const said = isTwice ? labelOf(overview.legend.properties, role.property!) : role.predicate;
  return (
    <li>
      <span>
        {role.is_subject ? (
          <>
            <bdi>{said}</bdi> <EntityLink entity={other} />
          </>
        ) : (
          <>
            <EntityLink entity={other} /> <bdi>{said}</bdi> <bdi class="own">{short(of.name)}</bdi>
          </>
        )}{" "}
        {!hasAsserted && (
          <span class={`small-badge ${status}`}>
            <StatusMark status={status} />
            {labelOf(overview.legend.statuses, status)}
          </span>
        )}
      </span>
      <small>
        {time !== "" && `said of ${time}, `}
        <SelectionLink to={{ kind: "edge", source: of.id, target: other.id }}>{counted(bundle.weight, "relation")}</SelectionLink>
        {bundle.reports < bundle.articles && (
          <>
            {" "}
            in <Told of={bundle} />
          </>
        )}
      </small>
    </li>
  );
}

export function Offices({ profile }: { profile: Profile }) {
  const { offices } = profile;
  const { shown, more } = useFew(offices, 4, "posts");
  if (offices.length === 0) return null;
  return (
    <Section title={counted(offices.length, "post")} isOpen>
      <p class="panel-note">By the registry of actors, not by the articles.</p>
      <ul class="roles">
        {shown.map((office) => (
          <li key={`${office.title} ${office.of} ${office.start}`}>
            <span>
              {office.title} of{" "}
              <SelectionLink to={{ kind: "entity", entity: office.of }}>
                <bdi>{office.of.replaceAll("_", " ")}</bdi>
              </SelectionLink>
            </span>
            <small>{held(office.start, office.end)}</small>
          </li>
        ))}
      </ul>
      {more}
    </Section>
  );
}

function held(start: string | null, end: string | null): string {
  if (start !== null && end !== null) return `${day(start)} – ${day(end)}`;
  if (start !== null) return `since ${day(start)}`;
  return end === null ? "" : `until ${day(end)}`;
}

export function Members({ profile }: { profile: Profile }) {
  const { members } = profile;
  if (members.length === 0) return null;
  return (
    <Section title={`${counted(members.length, "entity", "entities")} merged into it`}>
      <ul class="members">
        {members.map((member) => (
          <li key={member.iri}>
            <strong>
              <bdi>{short(member.names.join(", ") || member.id)}</bdi>
            </strong>
            <small>{member.reasons.length === 0 ? "no reason is noted" : member.reasons.join("; ")}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
