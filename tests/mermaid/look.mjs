// Reads a list of texts from standard input, and writes for each what Mermaid makes of it: the nodes, edges and subgraphs of a
// flow chart, or the message that it refuses it with.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
global.window = window;
global.document = window.document;
global.Element = window.Element;
const { default: mermaid } = await import("mermaid");

// Mermaid keeps `#34;` in a form of its own until it draws.
const shown = (text) => (text ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, number) => String.fromCodePoint(number));

async function look(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      nodes: [...db.getVertices().values()].map((node) => ({ id: node.id, text: shown(node.text) })),
      edges: db.getEdges().map((edge) => ({ from: edge.start, to: edge.end, text: shown(edge.text) })),
      groups: db.getSubGraphs().map((group) => ({ title: shown(group.title), nodes: group.nodes })),
    };
  } catch (problem) {
    return { error: problem.message };
  }
}

let input = "";
for await (const chunk of process.stdin) {
  input += chunk;
}

const results = [];
for (const text of JSON.parse(input)) {
  results.push(await look(text));
}

process.stdout.write(JSON.stringify(results));
