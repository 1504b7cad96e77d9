/**
 * Pictures of somebody's own models: Python in the page cannot draw them as PNG, and the browser can.
 */

/** A colour in three parts, and how far it may come back from it: some browsers change the last bit. */
const TRIED = [31, 42, 51];
const NEAR = 3;

/**
 * Whether what is drawn can be read back: browsers that guard against fingerprints give white, or noise.
 *
 * @returns {boolean}
 */
function readsBack() {
  const surface = document.createElement("canvas").getContext("2d");
  if (!surface) return false;
  surface.fillStyle = `rgb(${TRIED.join(" ")})`;
  surface.fillRect(0, 0, 2, 2);
  const found = surface.getImageData(0, 0, 2, 2).data;
  return found.every((value, n) => n % 4 === 3 || Math.abs(value - TRIED[n % 4]) <= NEAR);
}

/** @param {{svg: string, wide: number, high: number}} picture @returns {Promise<Uint8Array>} */
async function draw({ svg, wide, high }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  const surface = canvas.getContext("2d");
  if (!surface) throw new Error("canvas");
  surface.fillStyle = "#fff";
  surface.fillRect(0, 0, wide, high);
  surface.drawImage(image, 0, 0, wide, high);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("canvas");
  return new Uint8Array(await blob.arrayBuffer());
}

/**
 * Draw what a file lacks, and ask for the file again. If nothing can be drawn, the file says what it lacks.
 *
 * @param {any} answer @param {(pictures: Record<string, Uint8Array>) => Promise<any>} again @returns {Promise<any>}
 */
export async function withPictures(answer, again) {
  if (!answer?.lacking?.length || !readsBack()) return answer;
  /** @type {Record<string, Uint8Array>} */
  const pictures = {};
  for (const each of answer.lacking) {
    try {
      pictures[each.name] = await draw(each);
    } catch {
      // The paper says that it is without.
    }
  }
  return Object.keys(pictures).length ? again(pictures) : answer;
}
