using Granary.Application.Storage;
using Granary.Domain.Cleansing;

namespace Granary.Application.Matching;

/// <summary>Blind indexes of everything that is matched; one letter tells the kinds apart.</summary>
public static class MatchKeys
{
    extension(Vault vault)
    {
        /// <summary>Key of a phone number; an extension makes it another line.</summary>
        public Guid Key(PhoneNumber phone) => vault.Index('p', phone.Extension is null ? phone.E164 : $"{phone.E164};{phone.Extension}");

        /// <summary>Key of a WeChat id.</summary>
        public Guid Key(WeChatId weChat) => vault.Index('w', weChat.Value);

        /// <summary>Key of an e-mail address.</summary>
        public Guid Key(EmailAddress email) => vault.Index('e', email.Value);

        /// <summary>Key of a company's core.</summary>
        public Guid CompanyKey(string core) => vault.Index('c', core);

        /// <summary>Key of what a company's core begins with.</summary>
        public Guid BeginningKey(string beginning) => vault.Index('b', beginning);

        /// <summary>Key of a unified social credit code.</summary>
        public Guid CreditCodeKey(string code) => vault.Index('u', code);
    }
}
