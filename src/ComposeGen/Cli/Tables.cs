using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

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

    /// <summary>Writes rows of which a value is a text, a number, a boolean or a list of texts; null is left empty.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="format">How.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="color">The colour of the value in a row and column, where a person sees it; null for none.</param>
    public static void Write(string[] columns, IReadOnlyList<object?[]> rows, OutputFormat format, Terminal terminal, Func<int, int, Color?>? color = null)
    {
        if (format == OutputFormat.Json)
        {
            WriteJson(columns, rows, terminal.Out);
            return;
        }

        foreach (var line in Lines(columns, rows, terminal is { HasColor: true, IsOutWatched: true } ? color : null))
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>How many cells of a terminal the table is wide.</summary>
    public static int Width(string[] columns, IReadOnlyList<object?[]> rows) => Lines(columns, rows, null).Max(line => line.GetCellWidth());

    private static IEnumerable<string> Lines(string[] columns, IReadOnlyList<object?[]> rows, Func<int, int, Color?>? color)
    {
        var table = new Table()
            .Border(TableBorder.None)
            .AddColumns([.. columns.Select(column => new TableColumn(column.ToUpperInvariant()).NoWrap().PadRight(2))]);
        for (var i = 0; i < rows.Count; i++)
        {
            var number = i;
            table.AddRow([.. rows[i].Select((value, column) => color?.Invoke(number, column) is { } of ? new Text(Cell(value), new Style(of)) : new Text(Cell(value)))]);
        }

        return Lines(table, color is not null);
    }

    /// <summary>The lines of something, as wide as they are.</summary>
    public static IEnumerable<string> Lines(IRenderable what, bool isColored = false)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isColored ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = isColored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = Unlimited;
        console.Write(what);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
    }

    private static string Cell(object? value) =>
        value switch
        {
            null => string.Empty,
            IEnumerable<string> many => string.Join(' ', many),
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
            case IEnumerable<string> many:
                json.WriteStartArray(name);
                foreach (var one in many)
                {
                    json.WriteStringValue(one);
                }

                json.WriteEndArray();
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
