namespace ComposeGen.Output;

/// <summary>A stream that is read, of which somebody is shown what was read.</summary>
internal sealed class ReadStream(Stream inner, ReadStream.Observer show, bool isForwardOnly = false) : Stream
{
    private long _length = -1;

    public ReadStream(Stream inner, Action<long> count, bool isForwardOnly = false)
        : this(inner, read => count(read.Length), isForwardOnly) { }

    internal delegate void Observer(ReadOnlySpan<byte> read);

    public override bool CanRead => true;

    /// <summary>Where it is seekable, what is read may be read again or left out.</summary>
    public override bool CanSeek => !isForwardOnly && inner.CanSeek;

    public override bool CanWrite => false;

    // A file that grows meanwhile is as long as it was.
    public override long Length => _length < 0 ? _length = inner.Length : _length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        show(buffer[..count]);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        show(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
