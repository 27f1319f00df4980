using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace ComposeGen.Manifests;

/// <summary>
/// SHA-256. .NET asks OpenSSL, which is quick, but takes longer to load than the rest of a short run takes; so what is short is
/// worked out without it.
/// </summary>
internal static class Sha256
{
    /// <summary>Of the result, in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    // In bytes. Both take equally long for about as many.
    private const int Short = 1 << 20;

    /// <summary>As lower-case hexadecimal digits.</summary>
    public static string Hex(byte[] bytes) => Hex([bytes], bytes.Length);

    /// <summary>The same of bytes in pieces.</summary>
    /// <param name="chunks">The pieces.</param>
    /// <param name="length">How many bytes they are.</param>
    public static string Hex(IEnumerable<ReadOnlyMemory<byte>> chunks, int length)
    {
        Span<byte> hash = stackalloc byte[Length];
        if (length < Short)
        {
            var digest = new Sha256Digest();
            foreach (var chunk in chunks)
            {
                digest.BlockUpdate(chunk.Span);
            }

            digest.DoFinal(hash);
        }
        else
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var chunk in chunks)
            {
                digest.AppendData(chunk.Span);
            }

            digest.GetHashAndReset(hash);
        }

        return Convert.ToHexStringLower(hash);
    }

    /// <summary>As <see cref="Length"/> bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new byte[Length];
        Hash(bytes, hash);
        return hash;
    }

    /// <summary>The same, put somewhere.</summary>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        if (bytes.Length < Short)
        {
            var digest = new Sha256Digest();
            digest.BlockUpdate(bytes);
            digest.DoFinal(hash);
        }
        else
        {
            SHA256.HashData(bytes, hash);
        }
    }
}
