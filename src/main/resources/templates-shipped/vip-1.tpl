name: VIP 1: we noticed
channel: email
type: marketing
category: vip
subject: We noticed, {{default customer.firstName "friend"}}
preheader: You are one of the people this dairy lives on.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">You are one of the few</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Dear {{default customer.firstName "friend"}}, most of what we make goes to a few hundred people who keep coming back. You have become one of them, and we didn’t want that to pass without a word.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">From now on, when you answer one of our mails, it goes to the front of the pile. And you hear first when there’s little of something: the spring butter, the two-year wheel, the goats’ first cheese.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">What’s on the shelf for few</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">No points, no card, no levels. Just thank you.</p>
