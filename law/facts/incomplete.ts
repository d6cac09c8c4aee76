/** A value as far as it could be read: what was faulty is undefined. */
export type Incomplete<T> = T extends readonly (infer Item)[]
  ? readonly Incomplete<Item>[] | undefined
  : T extends string | number | boolean | null
    ? T | undefined
    : { readonly [Key in keyof T]: Incomplete<T[Key]> } | undefined;
