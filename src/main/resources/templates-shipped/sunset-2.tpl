name: Sunset 2: goodbye
channel: email
type: marketing
category: sunset
subject: Goodbye, unless you say otherwise
preheader: In a week we stop. The door stays open.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">We’ll stop here</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, we don’t want to be one of those who write and write. Unless you press the button, this was our last mail.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">No, keep writing</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Should you ever order again, you’re as welcome as on the first day. Mails about an order you’ll always get.</p>
