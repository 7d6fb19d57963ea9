/**
 * The same function for the last texts it was asked about: message after message, and signal after signal, the same ones
 * are read again. What it gives is shared: nobody may write into it.
 * @param most so many texts; then it begins anew
 * @param longest longer texts, in characters, are read each time
 */
export function remembering<Found>(
  read: (text: string) => Found,
  { most, longest } = { most: 500, longest: 1_000 },
): (text: string) => Found {
  const remembered = new Map<string, Found>();
  return (text) => {
    if (text.length > longest) return read(text);
    let found = remembered.get(text);
    if (found === undefined) {
      found = read(text);
      if (remembered.size >= most) remembered.clear();
      remembered.set(text, found);
    }
    return found;
  };
}
