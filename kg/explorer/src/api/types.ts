// Made by `python -m kg.server.api.typescript`; change the records of kg/exploration instead.

export interface ArticleBrief {
  id: string;
  iri: string;
  title?: string | null;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as it is known; null where nothing is. */
  published?: string | null;
  /** What the date rests on; null where there is no date. */
  date_basis?: DateBasis | null;
  publisher?: string | null;
  url?: string | null;
  license?: string | null;
  /** Id of the article whose report it repeats; null where it repeats none. */
  copy_of?: string | null;
  /** That article, and how it is repeated. */
  repeats?: Repeated | null;
}

export interface Bar {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  time: string;
  count: number;
  /** How many of them rest on the date of their article, since they have no time of their own. */
  by_article: number;
  /** The same by class or status, the most first; empty where bars are not divided. */
  counts: Count[];
}

export type Basis = "relation" | "article";

export interface Bundle {
  /** How many they are. */
  weight: number;
  /** Relations whose subject is the entity that was asked about. */
  outgoing: number;
  /** Relations whose object it is. */
  incoming: number;
  /** Relations that hold both ways, such as meetings. */
  mutual: number;
  /** How many articles state them. */
  articles: number;
  /** How many of them are independent: an article and its copies are one report. */
  reports: number;
  relation_classes: Count[];
  properties: Count[];
  statuses: Count[];
  /** The earliest day of any of them; null where none has one. */
  first: string | null;
  last: string | null;
}

export interface Cell {
  value: string | number | boolean;
  is_iri: boolean;
}

export interface Count {
  /** The value; null for those that have none. */
  value: string | null;
  count: number;
}

export type DateBasis = "given" | "page" | "dateline" | "file";

export type DatePrecision = "day" | "month" | "year";

export interface Days {
  first: (string | null)[];
  last: (string | null)[];
}

export interface Edges {
  /** Place of the one end among the entities. */
  source: number[];
  /** Place of the other end; never before the source. */
  target: number[];
  /** How many relations. */
  weight: number[];
  /** Those whose subject is the source; neither they nor the backward ones hold both ways. */
  forward: number[];
  /** Those whose subject is the target. */
  backward: number[];
  /** Place of the most frequent class among the classes. */
  relation_class: number[];
  /** Place among the statuses: asserted where any relation is, else the most frequent. */
  status: number[];
}

export interface EntityBrief {
  id: string;
  iri: string;
  name: string;
  type: EntityType;
  /** ISO 3166-1 alpha-3 code of the state that it is or belongs to. */
  country?: string | null;
  /** PLOVER actor sector. */
  sector?: string | null;
}

export type EntityType = "person" | "country" | "organization" | "place" | "group" | "event" | "thing";

export interface Facet {
  /** The most first; years in their order. */
  counts?: Count[];
  /** How many different values there are; more than are listed where they are very many. */
  total?: number;
}

export interface Facets {
  relation_classes: Facet;
  properties: Facet;
  statuses: Facet;
  /** By the type of the entity at the other end; of a network, how many have an end of the type. */
  types: Facet;
  publishers: Facet;
  /** By the year of the first day. */
  years: Facet;
}

export interface HitShown {
  iri: string;
  id: string;
  /** Its name; of an article its headline, of a relation the sentence that is its evidence. */
  name: string;
  /** The type of an entity; `article` or `relation`. */
  type: string;
  /** The name by which it was found. */
  matched: string;
  /** What of `matched` fits the words; empty where it was found by an id. */
  spans: Span[];
  /** How many names it has beside `name`. */
  other_names: number;
  country: string | null;
  wikidata: string | null;
  /** Of how many relations it is an end; of an article, how many it states. */
  relations: number;
  /** How often the articles mention it. */
  mentions: number;
  /** How well `matched` fits, 0–1. */
  score: number;
}

export interface Hits {
  /** What was typed. */
  words: string;
  hits: PageHitShown;
}

export interface Legend {
  types: Term[];
  statuses: Term[];
  relation_classes: Term[];
  properties: Term[];
  /** Of actors, named by their codes. */
  sectors: Term[];
}

export interface MarkedArticle {
  article: ArticleBrief;
  paragraphs: PageParagraph;
  /** Those that these paragraphs mention, by name. */
  entities: EntityBrief[];
  /** How many relations the whole article states. */
  relations: number;
  /** How many words of the whole article stand for an entity. */
  mentions: number;
  /** Articles that repeat its report, the first published first. */
  copies: ArticleBrief[];
  /** How many there are; more than are listed where they are very many. */
  copies_total: number;
}

export interface MarkedMention {
  /** IRI of the entity as it is shown, among the entities of the same answer. */
  entity: string;
  kind: MentionKind;
  text: string;
  /** In the paragraph. */
  span: Span;
}

export interface MarkedSentence {
  /** IRIs of the relations. */
  relations: string[];
  /** In the paragraph. */
  span: Span;
}

export interface Member {
  id: string;
  iri: string;
  /** By which those articles call it. */
  names: string[];
  /** Why, by the judgements that say that it is the same as another of them. */
  reasons: string[];
}

export type MentionKind = "name" | "nominal" | "pronoun";

export interface NameCount {
  name: string;
  mentions: number;
}

export interface Neighbour {
  entity: EntityBrief;
  bundle: Bundle;
}

export interface Neighbourhood {
  entity: EntityBrief;
  neighbours: PageNeighbour;
  /** How many relations fit the filters: the sum of the weights of all neighbours. */
  relations: number;
  facets: Facets;
}

export interface Network {
  /** In the order in which they were asked for; else those with most relations first, then by name. */
  entities: EntityBrief[];
  /** How many relations each entity has that fit, drawn or not. */
  weights: number[];
  edges: Edges;
  /** Those that edges have. */
  relation_classes: string[];
  /** Those that edges have. */
  statuses: string[];
  /** How many relations the edges stand for. */
  relations: number;
  /** How many entities have relations that fit, drawn or not. */
  entities_total: number;
  /** How many relations of the whole graph fit. */
  relations_total: number;
  /** How many of the relations between the entities each value of each filter would leave. */
  facets: Facets;
  /** Of the relations that `weights` counts; null unless days are wanted. */
  days_of_entities?: Days | null;
  /** Of the relations of each edge; null unless days are wanted. */
  days_of_edges?: Days | null;
}

export interface OfficeHeld {
  title: string;
  /** Id of the entity whose post it is. */
  of: string;
  start: string | null;
  /** Null while it is held, or where it is not known. */
  end: string | null;
}

export interface Ontology {
  /** By IRI; those of other vocabularies that it uses are among them. */
  terms: OntologyTerm[];
}

export interface OntologyTerm {
  iri: string;
  kind: TermKind;
  /** Empty where another vocabulary defines the term. */
  label: string;
  /** Empty where another vocabulary defines the term. */
  definition: string;
  /** Of a property: IRI of the class of its subjects, where the ontology says one. */
  domain?: string | null;
  /** Of a property: IRI of the class or datatype of its objects, where the ontology says one. */
  range?: string | null;
}

export interface Overview {
  totals: Totals;
  legend: Legend;
  /** IRIs by the prefixes that queries may use without declaring them. */
  prefixes: Record<string, string>;
}

export interface PageHitShown {
  items: HitShown[];
  /** How many there are on all pages. */
  total: number;
  /** What to give as `after` for the next page; null where this one is the last. */
  next: string | null;
}

export interface PageNeighbour {
  items: Neighbour[];
  /** How many there are on all pages. */
  total: number;
  /** What to give as `after` for the next page; null where this one is the last. */
  next: string | null;
}

export interface PageParagraph {
  items: Paragraph[];
  /** How many there are on all pages. */
  total: number;
  /** What to give as `after` for the next page; null where this one is the last. */
  next: string | null;
}

export interface PageRelationDetail {
  items: RelationDetail[];
  /** How many there are on all pages. */
  total: number;
  /** What to give as `after` for the next page; null where this one is the last. */
  next: string | null;
}

export interface PageShared {
  items: Shared[];
  /** How many there are on all pages. */
  total: number;
  /** What to give as `after` for the next page; null where this one is the last. */
  next: string | null;
}

export interface Paragraph {
  /** From 1. */
  number: number;
  text: string;
  /** Where it stands in the article's text. */
  span: Span;
  /** In the order of the text. */
  mentions: MarkedMention[];
  /** In the order of the text. */
  sentences: MarkedSentence[];
}

export interface ParameterShown {
  name: string;
  /** `text`, `iri` or `date`. */
  kind: string;
  required: boolean;
  description: string;
}

export interface Path {
  /** How many steps. */
  length: number;
  /** In their order, the ends included. */
  entities: EntityBrief[];
  steps: Step[];
}

export interface Paths {
  one: EntityBrief;
  other: EntityBrief;
  paths: Path[];
  /** Steps of the shortest; null where none was found. */
  distance: number | null;
  /** Whether there are no others of these lengths; false where the limit or the bound on work cut them. */
  is_complete: boolean;
  /** How many steps were looked at, at most. */
  longest: number;
}

export interface Problem {
  /** The status in words. */
  title: string;
  status: number;
  /** What is wrong, and what to do. */
  detail: string;
  /** Which parameters are wrong, where some are. */
  errors?: Record<string, unknown>[];
  /** Which entities were asked for that the graph lacks. */
  missing?: string[];
}

export interface Profile {
  entity: EntityBrief;
  /** Its Wikidata id, such as `Q212`. */
  wikidata: string | null;
  /** Addresses of pages that are about it. */
  links: string[];
  /** Its name first, then its others, the most used first. */
  names: NameCount[];
  /** Entities that are shown as this one. */
  members: Member[];
  /** What it is by relations that last; those with most relations first. */
  roles: Role[];
  /** How many roles there are; more than are listed where they are very many. */
  roles_total: number;
  offices: OfficeHeld[];
  /** How many words stand for it, pronouns and descriptions included. */
  mentions: number;
  /** How many articles present it. */
  articles: number;
  /** How many of them are independent: an article and its copies are one report. */
  reports: number;
  relations: number;
  neighbours: number;
  facets: Facets;
  first: string | null;
  last: string | null;
}

export interface QuestionShown {
  name: string;
  title: string;
  description: string;
  parameters: ParameterShown[];
  /** Its SPARQL. */
  query: string;
}

export interface Questions {
  /** By name. */
  questions: QuestionShown[];
}

export interface Quotation {
  sentence: string;
  /** Where the sentence stands in the article's text. */
  span: Span;
  /** Its paragraph; of a very long one, what stands near the sentence. */
  paragraph: string;
  /** Where it stands in the paragraph. */
  in_paragraph: Span;
}

export interface RelationDetail {
  iri: string;
  subject: EntityBrief;
  /** Verb phrase in base form, near the text. */
  predicate: string;
  /** Property of the ontology; null where none fits. */
  property: string | null;
  relation_class: string;
  object: EntityBrief;
  /** Whether subject and object may be swapped. */
  symmetric: boolean;
  status: Status;
  /** Who makes the claim; null where the article itself does. */
  attribution: EntityBrief | null;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as the article says; null where it does not. */
  time: string | null;
  /** Its days, by its time or else by the article's date; null where neither is known. */
  when: When | null;
  place: EntityBrief | null;
  confidence: number;
  evidence: Quotation;
  article: ArticleBrief;
}

export interface Relations {
  entity: EntityBrief;
  /** The other end; null where any is meant. */
  other: EntityBrief | null;
  relations: PageRelationDetail;
  /** How many articles state those of all pages. */
  articles: number;
  /** How many of them are independent: an article and its copies are one report. */
  reports: number;
  facets: Facets;
}

export interface Repeated {
  id: string;
  /** How it is repeated. */
  kind: Repeats;
  title?: string | null;
  published?: string | null;
  publisher?: string | null;
}

export type Repeats = "copy" | "version";

export interface Role {
  /** As `president of`. */
  predicate: string;
  property: string | null;
  relation_class: string;
  other: EntityBrief;
  /** Whether the entity holds the role; false where it is the other that does, to the entity. */
  is_subject: boolean;
  bundle: Bundle;
}

export interface Shared {
  entity: EntityBrief;
  /** The smaller of the weights of its two bundles. */
  strength: number;
  /** What it has with the first; seen from the first. */
  one: Bundle;
  /** What it has with the second; seen from the second. */
  other: Bundle;
}

export interface Sharing {
  one: EntityBrief;
  other: EntityBrief;
  shared: PageShared;
}

export interface Span {
  /** In characters (Unicode code points), as Python counts. */
  start: number;
  end: number;
  /** In UTF-16 code units, as JavaScript counts. */
  start_utf16: number;
  end_utf16: number;
}

export type Split = "relation_class" | "status";

export type Status = "asserted" | "planned" | "possible" | "negated" | "requested";

export interface Step {
  /** IRI of the one. */
  source: string;
  /** IRI of the next. */
  target: string;
  bundle: Bundle;
}

export interface Table {
  question: string;
  columns: string[];
  /** In the order of the question; null where there is no value. */
  rows: ((Cell | null)[])[];
  /** How many rows there are; more than are listed where the limit is lower. */
  total: number;
}

export interface Term {
  name: string;
  iri: string;
  label: string;
  definition: string;
  /** As `#rrggbb`; null where the ontology gives none. */
  colour?: string | null;
  /** Of a class: `event` or `state`; of a property: the name of its class; else null. */
  kind?: string | null;
  /** Of a property: whether it holds both ways. */
  symmetric?: boolean;
  /** Of a class of events: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
conflict (PLOVER manual); else null. */
  quad_class?: number | null;
}

export type TermKind = "class" | "property" | "individual";

export interface Timeline {
  /** What a bar stands for: as was asked for, or longer where there would be too many bars. */
  unit: Unit;
  split: Split | null;
  /** In the order of time, without those of no relation. */
  bars: Bar[];
  /** Relations of which less is known than in which bar they are, such as the year alone. */
  coarser: number;
  /** Relations of which no day is known, nor of their articles. */
  undated: number;
  total: number;
  /** The earliest day of any relation. */
  first: string | null;
  last: string | null;
}

export interface Totals {
  articles: number;
  /** Articles that repeat the report of another, as its copies or later versions. */
  copies: number;
  /** Those that are merged into others not counted. */
  entities: number;
  relations: number;
  /** Entities that are shown as others. */
  merged: number;
  /** Entities by type. */
  types: Facet;
  relation_classes: Facet;
  properties: Facet;
  statuses: Facet;
  /** Relations by who published their article. */
  publishers: Facet;
  /** Relations by the year of their time, else of their article. */
  years: Facet;
}

export type Unit = "day" | "month" | "year";

export interface When {
  first: string;
  last: string;
  precision: DatePrecision;
  basis: Basis;
}
