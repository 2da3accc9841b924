using System.Globalization;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>Reads the contact data of a lead and notes which rule refused what (§4.2). One field may hold several numbers.</summary>
internal readonly struct ContactReader(CleansingPolicy policy, DisposableDomains disposable, List<Reason> reasons)
{
    private static readonly char[] Separators = ['/', '、', ';', ',', '|', '\\'];

    /// <summary>Puts the valid contact data of a submission beside it, and into it in normal form; what is refused stays as text.</summary>
    public CleanLead Read(LeadSubmission clean)
    {
        var contact = clean.Contact;
        var (phones, phoneTexts) = Phones(contact.Phones);
        var (emails, emailTexts) = Emails(contact.Emails);
        var weChat = WeChat(contact.WeChat);
        return new CleanLead
        {
            Submission = clean with
            {
                Contact = contact with { Phones = phoneTexts, Emails = emailTexts, WeChat = weChat?.Value ?? contact.WeChat },
            },
            Phones = phones,
            Emails = emails,
            WeChat = weChat,
        };
    }

    private (IReadOnlyList<PhoneNumber> Valid, IReadOnlyList<string> Texts) Phones(IReadOnlyList<string> typed)
    {
        if (typed.Count == 0)
            return ([], []);
        var phones = new List<PhoneNumber>(typed.Count);
        var texts = new List<string>(typed.Count);
        for (var i = 0; i < typed.Count; i++)
        {
            foreach (var text in typed[i].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!PhoneNumber.TryParse(text, out var phone, out var fault))
                {
                    Refuse(fault!, i);
                    texts.Add(text);
                }
                else if (!phones.Contains(phone))
                {
                    phones.Add(phone);
                    texts.Add(phone.Full);
                }
            }
        }

        return (phones, texts);
    }

    private (IReadOnlyList<EmailAddress> Valid, IReadOnlyList<string> Texts) Emails(IReadOnlyList<string> typed)
    {
        if (typed.Count == 0)
            return ([], []);
        var emails = new List<EmailAddress>(typed.Count);
        var texts = new List<string>(typed.Count);
        for (var i = 0; i < typed.Count; i++)
        {
            if (!EmailAddress.TryParse(typed[i], out var email, out var fault))
            {
                Refuse(fault!, i);
                texts.Add(typed[i]);
            }
            else if (policy.RefusesDisposableMail && disposable.Contains(email.Domain))
            {
                Refuse(EmailFault.Disposable, i);
                texts.Add(email.Value);
            }
            else if (!emails.Contains(email))
            {
                emails.Add(email);
                texts.Add(email.Value);
            }
        }

        return (emails, texts);
    }

    private WeChatId? WeChat(string? typed)
    {
        if (typed is null)
            return null;
        if (WeChatId.TryParse(typed, out var id, out var fault))
            return id;
        reasons.Add(Reason.Of(Cleanser.Step, fault!));
        return null;
    }

    private void Refuse(string fault, int index) =>
        reasons.Add(Reason.Of(Cleanser.Step, fault, null, ("position", (index + 1).ToString(CultureInfo.InvariantCulture))));
}
