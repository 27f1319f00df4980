using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace ComposeGen.Manifests;

/// <summary>
/// SHA-256, as lower-case hexadecimal digits. .NET asks OpenSSL, which is quick, but takes longer to load than the rest of a
/// short run takes; so what is short is worked out without it.
/// </summary>
internal static class Sha256
{
    // In bytes. Both take equally long for about as many.
    private const int Short = 1 << 20;

    public static string Hex(byte[] bytes) => Hex([bytes], bytes.Length);

    /// <param name="chunks">The bytes, in pieces.</param>
    /// <param name="length">How many there are.</param>
    public static string Hex(IEnumerable<ReadOnlyMemory<byte>> chunks, int length)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
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
}
