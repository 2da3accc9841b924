using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>A link to hand over; it is shown this once.</summary>
/// <param name="UserId">Whom it lets in.</param>
/// <param name="Link">Where they set their password.</param>
/// <param name="Reset">Whether it replaces a password, rather than bringing somebody in for the first time.</param>
/// <param name="ExpiresAt">Until when it can be used, once.</param>
/// <param name="Mailed">Whether the mail server took it; false where none is configured, or it failed.</param>
public sealed record InvitationLink(Guid UserId, string Link, bool Reset, DateTimeOffset ExpiresAt, bool Mailed);

/// <summary>Makes links of invitations, and sends them where mail is configured.</summary>
public sealed class InvitationLinks(IHttpContextAccessor accessor, MailSender mail, SettingCache settings, OrgTime org, IStringLocalizer<AccountTexts> texts)
{
    /// <summary>The link of what was made, after trying to send it.</summary>
    public async Task<InvitationLink> HandOver(NewInvitation made, CancellationToken ct = default)
    {
        var request = accessor.HttpContext!.Request;
        var link = $"{request.Scheme}://{request.Host}{PeopleUrls.Invitation(made.Token)}";
        return new(made.UserId, link, made.Reset, made.ExpiresAt, mail.Configured && await Send(made, link, ct));
    }

    private async Task<bool> Send(NewInvitation made, string link, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var (person, kind) = (setting.People[made.UserId], made.Reset ? "reset" : "invitation");
        var until = org.Local(made.ExpiresAt).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return await mail.Send(person.Email, texts[$"{kind}.mail.subject", setting.Organisation.Name], texts[$"{kind}.mail", person.Name, setting.Organisation.Name, link, until], ct) is null;
    }
}
