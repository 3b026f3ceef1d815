// What is known of an entity: what it is, what it is called, its relations and neighbours.
import type { Profile } from "../../api/types";
import type { Id, Scene } from "../../state/scene";
import { useShared } from "../context";
import { Actions } from "./Actions";
import { Awaiting } from "./Awaiting";
import { useAnswer } from "./asking";
import { Told } from "./Copies";
import { Frame } from "./Frame";
import { OUTWARD, nameOfLink, webAddress } from "./links";
import { Members, Names, Offices, Roles } from "./Lists";
import { Neighbours } from "./Neighbours";
import { RelationTable } from "./RelationTable";
import { Section } from "./Section";
import { TypeDot } from "./Terms";
import type { Trail } from "./trail";
import { counted, days, kindOf } from "./words";

export function EntityPanel({ entity, scene, trail }: { entity: Id; scene: Scene; trail: Trail }) {
  const { store, overview } = useShared();
  const awaited = useAnswer<Profile>("entity", { entity });
  const profile = awaited.answer;
  const brief = profile?.entity ?? store.state.network.nodes.find((node) => node.id === entity) ?? null;
  const kind = brief !== null && (
    <>
      <TypeDot type={brief.type} /> {kindOf(brief, overview.legend)}
    </>
  );
  return (
    <Frame kind={kind || "Entity"} heading={brief?.name ?? "An entity"} trail={trail}>
      {brief !== null && <Actions entity={brief} scene={scene} />}
      <Awaiting awaited={awaited} lines={8} />
      {profile !== null && <Known profile={profile} scene={scene} />}
    </Frame>
  );
}

function Known({ profile, scene }: { profile: Profile; scene: Scene }) {
  const id = profile.entity.id;
  return (
    <>
      <Summary profile={profile} />
      <Section title={counted(profile.relations, "relation")} isOpen>
        <RelationTable entity={id} scene={scene} total={profile.relations} />
      </Section>
      <Section title={counted(profile.neighbours, "neighbour")}>
        <Neighbours entity={id} scene={scene} total={profile.neighbours} />
      </Section>
      <Roles profile={profile} />
      <Offices profile={profile} />
      <Names profile={profile} />
      <Members profile={profile} />
    </>
  );
}

function Summary({ profile }: { profile: Profile }) {
  const { mentions, first, last } = profile;
  const time = days(first, last);
  return (
    <div class="summary">
      <p>
        Mentioned {counted(mentions, "time")} in <Told of={profile} />
        {time !== "" && <>; relations of {time}</>}.
      </p>
      <Links links={profile.links} />
    </div>
  );
}

/** Pages about it; addresses that are none of the web stand as text. */
function Links({ links }: { links: readonly string[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="links" aria-label="Links">
      {links.map((link) => {
        const address = webAddress(link);
        return (
          <li key={link}>
            {address === null ? (
              <span class="no-link">{link}</span>
            ) : (
              <a href={address} {...OUTWARD} title={address}>
                {nameOfLink(address)}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
