// Reads a list of {schema, fileMatch, file, text, hover, complete} from standard input, and writes for each what the YAML language
// server says of it, as editors show it: `messages` on the text, `hovers` over the places in `hover`, and the `completions` at
// those in `complete`, with their documentation. A `schema`, given as text, is that of the files that `fileMatch` names, else of
// all; without one, the one counts that the text itself names.
const fs = require("fs");
const { fileURLToPath } = require("url");
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");

const documentation = (item) => (typeof item.documentation === "object" ? item.documentation.value : item.documentation);

async function ask({ schema, fileMatch, file, text, hover = [], complete = [] }, number) {
  const service = getLanguageService({
    schemaRequestService: async (uri) => schema ?? fs.readFileSync(fileURLToPath(uri), "utf8"),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  const schemas = schema ? [{ uri: "schema.json", fileMatch: fileMatch ?? ["*"] }] : [];
  service.configure({ validate: true, completion: true, hover: true, schemas });
  const document = TextDocument.create(`file://${file ?? `/file${number}.yml`}`, "yaml", 1, text);
  const answer = { messages: (await service.doValidation(document, false)).map((found) => found.message), hovers: [], completions: [] };
  for (const place of hover) {
    const shown = await service.doHover(document, place);
    answer.hovers.push(shown ? shown.contents.value : "");
  }

  for (const place of complete) {
    const list = await service.doComplete(document, place, false);
    answer.completions.push(list.items.map((item) => ({ label: item.label, documentation: documentation(item) ?? "" })));
  }

  return answer;
}

async function main() {
  let input = "";
  for await (const chunk of process.stdin) {
    input += chunk;
  }

  const answers = [];
  for (const item of JSON.parse(input)) {
    answers.push(await ask(item, answers.length));
  }

  process.stdout.write(JSON.stringify(answers));
}

main();
