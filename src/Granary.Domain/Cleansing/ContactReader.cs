using System.Globalization;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>Reads the contact data of a lead and notes which rule refused what (§4.2). One field may hold several numbers.</summary>
internal readonly struct ContactReader(CleansingPolicy policy, DisposableDomains disposable, List<Reason> reasons)
{
    private static readonly char[] Separators = ['/', '、', ';', ',', '|', '\\'];

    public IReadOnlyList<PhoneNumber> Phones(ContactDetails contact)
    {
        if (contact.Phones.Count == 0)
            return [];
        var phones = new List<PhoneNumber>(contact.Phones.Count);
        for (var i = 0; i < contact.Phones.Count; i++)
        {
            foreach (var text in contact.Phones[i].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!PhoneNumber.TryParse(text, out var phone, out var fault))
                    Refuse(fault!, i);
                else if (!phones.Contains(phone))
                    phones.Add(phone);
            }
        }

        return phones;
    }

    public IReadOnlyList<EmailAddress> Emails(ContactDetails contact)
    {
        if (contact.Emails.Count == 0)
            return [];
        var emails = new List<EmailAddress>(contact.Emails.Count);
        for (var i = 0; i < contact.Emails.Count; i++)
        {
            if (!EmailAddress.TryParse(contact.Emails[i], out var email, out var fault))
                Refuse(fault!, i);
            else if (policy.RefusesDisposableMail && disposable.Contains(email.Domain))
                Refuse(EmailFault.Disposable, i);
            else if (!emails.Contains(email))
                emails.Add(email);
        }

        return emails;
    }

    public WeChatId? WeChat(ContactDetails contact)
    {
        if (contact.WeChat is null)
            return null;
        if (WeChatId.TryParse(contact.WeChat, out var id, out var fault))
            return id;
        reasons.Add(Reason.Of(Cleanser.Step, fault!));
        return null;
    }

    private void Refuse(string fault, int index) =>
        reasons.Add(Reason.Of(Cleanser.Step, fault, null, ("position", (index + 1).ToString(CultureInfo.InvariantCulture))));
}
