using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;

namespace Granary.Application.Matching;

/// <summary>Reads a person's contact points out of what somebody typed, by the same normal forms as matching.</summary>
public static class PersonTraces
{
    /// <summary>A <see cref="PersonReading"/>.</summary>
    public static IReadOnlyList<PersonTrace> Read(Vault vault, string text)
    {
        List<PersonTrace> traces = [];
        if (PhoneNumber.TryParse(text, out var phone, out _))
        {
            traces.Add(new PersonTrace(vault.Key(phone), phone.E164));
        }

        if (EmailAddress.TryParse(text, out var email, out _))
        {
            traces.Add(new PersonTrace(vault.Key(email), email.Value));
        }

        if (WeChatId.TryParse(text, out var weChat, out _))
        {
            traces.Add(new PersonTrace(vault.Key(weChat), weChat.Value));
        }

        return traces;
    }
}
