// Edges for sigma.js that are solid, dashed or dotted: its rectangles, of which a shader leaves some out.
import { EdgeRectangleProgram } from "sigma/rendering";
import type { ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { dashes } from "./pen";
import type { Line } from "./renderer";

const { FLOAT } = WebGLRenderingContext;
const UNIFORM = "u_pixelsOfUnit";

/** Where the plain program's shaders are continued. */
const VERTEX_MAIN = "void main() {";
const FRAGMENT_MAIN = "void main(void) {";

export class DashedEdgeProgram extends EdgeRectangleProgram {
  override getDefinition() {
    const plain = super.getDefinition();
    const vertex = plain.VERTEX_SHADER_SOURCE.replace(
      VERTEX_MAIN,
      `attribute vec2 a_dash;\nuniform float ${UNIFORM};\nvarying highp float v_way;\nvarying vec2 v_dash;\n${VERTEX_MAIN}\n` +
        `  v_way = a_positionCoef * distance(a_positionStart, a_positionEnd) * ${UNIFORM};\n  v_dash = a_dash;\n`,
    );
    const main = plain.FRAGMENT_SHADER_SOURCE.includes(FRAGMENT_MAIN) ? FRAGMENT_MAIN : VERTEX_MAIN;
    const fragment = plain.FRAGMENT_SHADER_SOURCE.replace(
      main,
      `varying highp float v_way;\nvarying vec2 v_dash;\n${main}\n  if (v_dash.y > 0.0 && mod(v_way, v_dash.x + v_dash.y) > v_dash.x) discard;\n`,
    );
    return {
      ...plain,
      VERTEX_SHADER_SOURCE: vertex,
      FRAGMENT_SHADER_SOURCE: fragment,
      UNIFORMS: [...plain.UNIFORMS, UNIFORM] as unknown as typeof plain.UNIFORMS,
      ATTRIBUTES: [...plain.ATTRIBUTES, { name: "a_dash", size: 2, type: FLOAT as 5126 }],
    };
  }

  override processVisibleItem(edge: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    super.processVisibleItem(edge, start, source, target, data);
    const line = ((data as EdgeDisplayData & { line?: Line }).line ?? "solid") satisfies Line;
    const [dash, gap] = dashes(line, data.size / 1.5);
    this.array[start + this.STRIDE - 2] = dash ?? 1;
    this.array[start + this.STRIDE - 1] = gap ?? 0;
  }

  override setUniforms(params: RenderParams, info: ProgramInfo): void {
    super.setUniforms(params, info);
    const side = Math.min(params.width, params.height);
    info.gl.uniform1f(info.uniformLocations[UNIFORM as keyof typeof info.uniformLocations] ?? null, side / params.zoomRatio);
  }
}
