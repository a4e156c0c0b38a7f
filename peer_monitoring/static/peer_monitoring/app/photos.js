// A photo is drawn anew, smaller: nothing that the camera wrote into it survives, not even where it was taken.
const LONGEST = 1600 // pixels
const QUALITY = 0.8

export class NoPhoto extends Error {}

export async function drawnAnew (file) {
  const found = await createImageBitmap(file).catch(() => { throw new NoPhoto() })
  const smaller = Math.min(1, LONGEST / Math.max(found.width, found.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(found.width * smaller)
  canvas.height = Math.round(found.height * smaller)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(found, 0, 0, canvas.width, canvas.height)
  found.close()
  const jpeg = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!jpeg) throw new NoPhoto()
  return new Uint8Array(await jpeg.arrayBuffer())
}

// Shown as a drawing too, which needs no address that the policy of the page would have to let in.
export async function show (bytes, canvas, width) {
  const found = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
  canvas.width = width
  canvas.height = Math.max(1, Math.round(found.height * width / found.width))
  canvas.getContext('2d').drawImage(found, 0, 0, canvas.width, canvas.height)
  found.close()
}
