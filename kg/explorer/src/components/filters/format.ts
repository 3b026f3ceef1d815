// Numbers and days as people read them.

const NUMBER = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** As `1,312`. */
export const number = (value: number): string => NUMBER.format(value);

/** As `1.3K`, where there is little room. */
export const short = (value: number): string => SHORT.format(value);

/** As `1 relation`, `20 relations`. */
export const counted = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;
