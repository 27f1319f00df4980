using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using Spectre.Console;

namespace ComposeGen.Cli;

/// <summary>A result as a table for people or as JSON for programs.</summary>
internal static class Tables
{
    // A cell that is cut helps nobody; a terminal wraps what is too long for it.
    private const int Unlimited = 10_000;

    /// <summary>Writes what there is to say of a workspace's plan.</summary>
    /// <param name="columns">The names of the columns, which are also JSON's keys.</param>
    /// <param name="rows">The rows for a plan: a value a column.</param>
    /// <param name="options">Where the workspace is, and how to write.</param>
    /// <param name="terminal">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int Write(string[] columns, Func<Plan, IEnumerable<object?[]>> rows, TableOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        if (terminal.Report(bag, files) || generated is null)
        {
            return ExitCode.Wrong;
        }

        Write(columns, [.. rows(generated.Plan)], options.Output, terminal);
        return ExitCode.Done;
    }

    /// <summary>Writes rows of which a value is a text, a number or a boolean; null is left empty.</summary>
    public static void Write(string[] columns, IReadOnlyList<object?[]> rows, OutputFormat format, Terminal terminal)
    {
        if (format == OutputFormat.Json)
        {
            WriteJson(columns, rows, terminal.Out);
            return;
        }

        var table = new Table()
            .Border(TableBorder.None)
            .AddColumns([.. columns.Select(column => new TableColumn(column.ToUpperInvariant()).NoWrap().PadRight(2))]);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(value => new Text(Cell(value)))]);
        }

        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = Unlimited;
        console.Write(table);
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            terminal.Out.WriteLine(line.TrimEnd());
        }
    }

    private static string Cell(object? value) =>
        value switch
        {
            null => string.Empty,
            true => "yes",
            false => "no",
            _ => DiagnosticWriter.Visible(value.ToString()!),
        };

    private static void WriteJson(string[] columns, IReadOnlyList<object?[]> rows, TextWriter output)
    {
        using var memory = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                memory,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < columns.Length; i++)
                {
                    WriteProperty(json, columns[i].Replace(' ', '_'), row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(memory.ToArray()));
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
