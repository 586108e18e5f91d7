/** Where the long names of Swedish departments may be parted: browsers rarely have a dictionary to do it by themselves. */
const PART = /(?<=\p{L})(?=förvaltning|kontor|nämnd)/gu;

/** A department's name for a narrow column. */
export function DepartmentName({ name }: { name: string }) {
  return <span lang="sv">{name.replace(PART, '\u00ad')}</span>;
}
