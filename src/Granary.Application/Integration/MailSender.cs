using System.Net;
using System.Net.Mail;
using System.Text;

namespace Granary.Application.Integration;

/// <summary>The organisation's mail server.</summary>
/// <param name="Host">Host; null where none is configured.</param>
/// <param name="Port">Port.</param>
/// <param name="From">Address that mail comes from.</param>
/// <param name="User">User; null sends without signing in.</param>
/// <param name="Password">Password.</param>
/// <param name="Tls">Whether the connection is encrypted (STARTTLS).</param>
public sealed record MailOptions(string? Host, int Port, string? From, string? User, string? Password, bool Tls)
{
    /// <summary>Whether mail can be sent.</summary>
    public bool Configured => Host is { Length: > 0 } && From is { Length: > 0 };
}

/// <summary>Sends mail by SMTP.</summary>
public sealed class MailSender(MailOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether mail can be sent.</summary>
    public bool Configured => options.Configured;

    /// <summary>Sends a mail; null when the server took it, else the code of what went wrong.</summary>
    public Task<string?> Send(string to, string subject, string body, CancellationToken ct = default) => Send(to, subject, body, null, ct);

    /// <summary>Sends a mail with its text as a page beside it, for those whose program shows pages.</summary>
    public async Task<string?> Send(string to, string subject, string body, string? html, CancellationToken ct = default)
    {
        if (!options.Configured)
        {
            return "mail_not_configured";
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(Patience);
        try
        {
            using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls };
            if (options.User is { Length: > 0 })
            {
                client.Credentials = new NetworkCredential(options.User, options.Password);
            }

            using var mail = new MailMessage(options.From!, to, subject, body);
            if (html is not null)
            {
                mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, "text/html"));
            }

            await client.SendMailAsync(mail, end.Token);
            return null;
        }
        catch (Exception e) when (e is SmtpException or FormatException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return "mail_failed";
        }
    }
}
