// The picture of the edges, kept while the view moves: painting thousands anew in each frame is what makes others
// slow. It reaches beyond the stage, and is painted anew where it no longer covers it, or shows another state.
const BEYOND = 0.3; // of the stage, on each side
const FEW = 500; // edges that are painted in each frame of a zoom; a picture of more is stretched meanwhile
const QUIET = 120; // milliseconds without a zoom, after which it is painted sharply
const layer = { canvas: document.createElement("canvas"), key: "", scale: 1, x: 0, y: 0 };
let sharpening = 0;

const paintEdges = (pen) => {
  pen.globalAlpha = faintness();
  looks.forEach((look) => paintLook(pen, look, false));
};
const renderLayer = (ratio, key) => {
  const stage = { ...view }, across = Math.round(view.width * BEYOND), along = Math.round(view.height * BEYOND);
  const pen = layer.canvas.getContext("2d");
  Object.assign(view, { x: stage.x + across, y: stage.y + along, width: stage.width + 2 * across, height: stage.height + 2 * along });
  Object.assign(layer.canvas, { width: view.width * ratio, height: view.height * ratio });
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintEdges(pen);
  Object.assign(layer, { key, scale: view.scale, x: view.x, y: view.y, width: view.width, height: view.height });
  Object.assign(view, stage);
};
// Where the picture is now: left and top on the stage, and how much it is stretched.
const placeOfLayer = () => {
  const stretch = view.scale / layer.scale;
  return { left: view.x - layer.x * stretch, top: view.y - layer.y * stretch, stretch };
};
const coversStage = ({ left, top, stretch }) =>
  left <= 0 && top <= 0 && left + layer.width * stretch >= view.width && top + layer.height * stretch >= view.height;
const sharpenSoon = () => {
  clearTimeout(sharpening);
  sharpening = setTimeout(() => { layer.key = ""; network.redraw(); }, QUIET);
};
const paintLayer = (pen, ratio) => {
  const key = [version, ratio, darkness.matches, view.width, view.height].join(" ");
  const isFew = looks.reduce((sum, look) => sum + look.edges.length, 0) <= FEW;
  const isZoomed = layer.scale !== view.scale;
  if (layer.key !== key || (isZoomed && isFew) || (!isZoomed && !coversStage(placeOfLayer()))) renderLayer(ratio, key);
  else if (isZoomed) sharpenSoon();
  const { left, top, stretch } = placeOfLayer();
  pen.drawImage(layer.canvas, left, top, layer.width * stretch, layer.height * stretch);
};
