using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Storage;

namespace Granary.Web.Hosting;

/// <summary>
/// What is kept of a request to know it again. It is keyed, because what was sent may hold contact data, and numbers could be tried
/// against a plain hash until one fits.
/// </summary>
internal static class RequestDigest
{
    private const char Content = 'q';
    private const int Piece = 16 * 1024;

    extension(Vault vault)
    {
        /// <summary>The digest of a short text, such as whose key it is.</summary>
        public Guid Digest(string text) => vault.Index(Content, text);

        /// <summary>The digest of bytes under a name that tells what they are.</summary>
        public Guid Digest(string name, ReadOnlySpan<byte> bytes)
        {
            using var hash = Begin(name);
            hash.AppendData(bytes);
            return vault.Index(Content, hash.GetHashAndReset());
        }

        /// <summary>The digest of a request: method, address and body.</summary>
        public Guid Digest(HttpRequest request, in ReadOnlySequence<byte> body)
        {
            using var hash = Begin(Line(request));
            foreach (var part in body)
            {
                hash.AppendData(part.Span);
            }

            return vault.Index(Content, hash.GetHashAndReset());
        }

        /// <summary>The digest of a request whose body has been made readable more than once.</summary>
        public async Task<Guid> Digest(HttpRequest request, CancellationToken ct)
        {
            using var hash = Begin(Line(request));
            var buffer = new byte[Piece];
            for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }

            request.Body.Position = 0;
            return vault.Index(Content, hash.GetHashAndReset());
        }
    }

    private static string Line(HttpRequest request) => $"{request.Method} {request.Path}{request.QueryString}";

    private static IncrementalHash Begin(string name)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n"));
        return hash;
    }
}
