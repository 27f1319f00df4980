using System.Text;
using ComposeGen.Diagnostics;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>
/// What a template has written so far, as UTF-8: the file of ten thousand projects is tens of megabytes, and twice that as a
/// string. Can note which place in which template began each line, to find the one behind a bad line.
/// </summary>
internal sealed class RenderedText(TemplateContext? traced = null) : IScriptOutput
{
    private const int ChunkSize = 1 << 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly List<SourceSpan> _lines = [];

    // All but the last are full, or too full for what came next.
    private readonly List<(byte[] Bytes, int Length)> _chunks = [];
    private bool _isLineStart = true;

    /// <summary>How many bytes it is.</summary>
    public int Length => _chunks.Sum(chunk => chunk.Length);

    /// <summary>Its bytes, in pieces.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _chunks.Select(chunk => new ReadOnlyMemory<byte>(chunk.Bytes, 0, chunk.Length));

    public override string ToString()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return Utf8.GetString(bytes);
    }

    /// <summary>Copies all of it to the start of a span.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        foreach (var (chunk, length) in _chunks)
        {
            chunk.AsSpan(0, length).CopyTo(bytes);
            bytes = bytes[length..];
        }
    }

    /// <summary>The place that began a line (from 1) of the text; null where nothing was traced.</summary>
    public SourceSpan? Origin(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1] : null;

    /// <summary>Leaves one line feed at the end, whatever blanks and line ends there were.</summary>
    public void EndWithLine()
    {
        while (_chunks.Count > 0)
        {
            var (bytes, length) = _chunks[^1];
            length = bytes.AsSpan(0, length).TrimEnd(" \t\r\n"u8).Length;
            _chunks.RemoveAt(_chunks.Count - 1);
            if (length > 0)
            {
                _chunks.Add((bytes, length));
                break;
            }
        }

        Append("\n"u8);
    }

    public void Write(string text, int offset, int count)
    {
        var part = text.AsSpan(offset, count);
        if (traced is not null)
        {
            Trace(part, traced);
        }

        Append(part);
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds a text that is UTF-8 already.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        var (bytes, length) = Room(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        _chunks[^1] = (bytes, length + text.Length);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        var (bytes, length) = Room(Utf8.GetMaxByteCount(text.Length));
        _chunks[^1] = (bytes, length + Utf8.GetBytes(text, bytes.AsSpan(length)));
    }

    private (byte[] Bytes, int Length) Room(int bytes)
    {
        if (_chunks.Count == 0 || _chunks[^1].Bytes.Length - _chunks[^1].Length < bytes)
        {
            _chunks.Add((new byte[Math.Max(ChunkSize, bytes)], 0));
        }

        return _chunks[^1];
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
}
