using System.Text;
using ComposeGen.Diagnostics;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>What a template has written so far. Can note which place in which template began each line, to find the one behind a bad line.</summary>
internal sealed class RenderedText(TemplateContext? traced = null) : IScriptOutput
{
    private readonly StringBuilder _text = new();
    private readonly List<SourceSpan> _lines = [];
    private bool _isLineStart = true;

    public override string ToString() => _text.ToString();

    /// <summary>The place that began a line (from 1) of the text; null where nothing was traced.</summary>
    public SourceSpan? Origin(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1] : null;

    public void Write(string text, int offset, int count)
    {
        if (traced is not null)
        {
            Trace(text.AsSpan(offset, count), traced);
        }

        _text.Append(text, offset, count);
    }

    // A line comes from whoever writes its first character.
    private void Trace(ReadOnlySpan<char> text, TemplateContext context)
    {
        var place = TemplateSet.Place(context.CurrentSpan);
        var lineOfTemplate = place.Line;
        foreach (var c in text)
        {
            if (_isLineStart)
            {
                // Text between tags stands in the template line for line; what a tag writes comes from the tag.
                _lines.Add(
                    context.CurrentNode is ScriptRawStatement && lineOfTemplate > place.Line
                        ? place with
                        {
                            Line = lineOfTemplate,
                            Column = 1,
                            Length = 1,
                        }
                        : place
                );
            }

            _isLineStart = c == '\n';
            lineOfTemplate += _isLineStart ? 1 : 0;
        }
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }
}
