// Reads a list of {schema, text} from standard input, and writes for each text the messages of the YAML language server, as
// editors show them: what of it a schema, given as text, does not allow.
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");

async function messages({ schema, text }, number) {
  const service = getLanguageService({
    schemaRequestService: async () => schema,
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({ validate: true, completion: true, schemas: [{ uri: "schema.json", fileMatch: ["*"] }] });
  const document = TextDocument.create(`file:///file${number}.yml`, "yaml", 1, text);
  return (await service.doValidation(document, false)).map((found) => found.message);
}

async function main() {
  let input = "";
  for await (const chunk of process.stdin) {
    input += chunk;
  }

  const results = [];
  for (const item of JSON.parse(input)) {
    results.push(await messages(item, results.length));
  }

  process.stdout.write(JSON.stringify(results));
}

main();
