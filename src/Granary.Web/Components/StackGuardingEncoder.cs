using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;

namespace Granary.Web.Components;

/// <summary>
/// Encodes as another encoder does, but not where the stack is about to end. Under load the framework's renderer was seen with a tree
/// that holds itself, for a reason not found yet; writing it would end the process with all of its requests, so this one request fails
/// instead, and the log says which page it was.
/// </summary>
internal sealed unsafe class StackGuardingEncoder(HtmlEncoder inner) : HtmlEncoder
{
    public override int MaxOutputCharactersPerInputCharacter => inner.MaxOutputCharactersPerInputCharacter;

    public override string Encode(string value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return inner.Encode(value);
    }

    public override void Encode(TextWriter output, string value, int startIndex, int characterCount)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        inner.Encode(output, value, startIndex, characterCount);
    }

    public override void Encode(TextWriter output, char[] value, int startIndex, int characterCount)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        inner.Encode(output, value, startIndex, characterCount);
    }

    public override int FindFirstCharacterToEncode(char* text, int textLength) => inner.FindFirstCharacterToEncode(text, textLength);

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override bool WillEncode(int unicodeScalar) => inner.WillEncode(unicodeScalar);
}
